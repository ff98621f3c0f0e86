import { useHistory } from '../store/history';
import { useSearch, type Wanted } from '../store/search';
import { goTab, isWide, route } from './route';
import { tell } from './toast';

/** Opens the conversation at a message, wherever in its history that is. */
export async function jumpTo(key: string, seq: number): Promise<void> {
  const fault = await useHistory().openAt(key, seq);
  if (fault) tell(fault);
}

/** The search on top of the list takes over; on a phone that is behind the conversation. */
export function searchFor(wanted: Partial<Wanted>): void {
  useSearch().begin(wanted);
  if (route.value.tab !== 'chats' || (!isWide() && route.value.talk)) goTab('chats');
}
