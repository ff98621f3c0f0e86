import { useHistory } from '../store/history';
import { tell } from './toast';

/** Opens the conversation at a message, wherever in its history that is. */
export async function jumpTo(key: string, seq: number): Promise<void> {
  const fault = await useHistory().openAt(key, seq);
  if (fault) tell(fault);
}
