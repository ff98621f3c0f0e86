import { mountPage } from '../core/mount';
import RegisterPage from '../views/RegisterPage.vue';

void mountPage(RegisterPage, false);
