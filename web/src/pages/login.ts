import { mountPage } from '../core/mount';
import LoginPage from '../views/LoginPage.vue';

void mountPage(LoginPage, false);
