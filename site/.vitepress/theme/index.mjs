// Without fonts of its own: the reader's system has some, and none is fetched.
import DefaultTheme from 'vitepress/theme-without-fonts';
import LimitCalculator from './LimitCalculator.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LimitCalculator', LimitCalculator);
  },
};
