import { mountPage } from '../core/mount';
import CreateGroupPage from '../views/CreateGroupPage.vue';

void mountPage(CreateGroupPage, true);
