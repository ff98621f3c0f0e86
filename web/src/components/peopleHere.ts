import { computed, onMounted, ref } from 'vue';
import { faultText } from '../core/i18n';
import { usePeople } from '../store/people';

/**
 * For lists to choose from: my friends, and my groups where `groups`. What is not here yet is asked for.
 *
 *   isHere   only then an empty list says that there is nobody
 *   fault    why they could not be loaded; "" where nothing went wrong, or there are those of the last visit
 *   load()   asks again
 */
export function usePeopleHere({ groups = false } = {}) {
  const people = usePeople();
  const failed = ref('');
  const isHere = computed(() => people.friendsLoaded && (people.groupsLoaded || !groups));
  const isEmpty = computed(() => !people.friends.length && !(groups && people.groups.length));
  const fault = computed(() => (isHere.value || !isEmpty.value ? '' : failed.value));

  async function load() {
    failed.value = '';
    const missing = [people.friendsLoaded || people.loadFriends(), people.groupsLoaded || !groups || people.loadGroups()];
    await Promise.all(missing).catch((failure: unknown) => (failed.value = faultText(failure)));
  }
  onMounted(load);

  return { isHere, fault, load };
}
