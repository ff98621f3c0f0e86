import { mountPage } from '../core/mount';
import JoinPage from '../views/JoinPage.vue';

void mountPage(JoinPage, false);
