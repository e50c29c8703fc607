import DefaultTheme from 'vitepress/theme';
import { diagram } from './diagram.ts';
import './style.css';

// VitePress asks for a default export.
export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }: { app: import('vue').App }) => {
    app.component('Diagram', diagram);
  },
};
