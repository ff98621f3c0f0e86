import { mountPage } from '../core/mount';
import ChatPage from '../views/ChatPage.vue';

void mountPage(ChatPage, true);
