import { useData } from 'vitepress';
import { defineComponent, h, onMounted, ref, watch } from 'vue';

let drawn = 0;

/** A Mermaid diagram in the colours of the theme; `code` is URI-encoded. */
export const diagram = defineComponent({
  props: { code: { type: String, required: true } },
  setup({ code }) {
    const { isDark } = useData();
    const svg = ref('');
    async function draw() {
      // Large, and only pages with a diagram need it.
      const { default: mermaid } = await import('mermaid');
      mermaid.initialize({
        startOnLoad: false,
        theme: isDark.value ? 'dark' : 'neutral',
        fontFamily: 'inherit',
        sequence: { useMaxWidth: true, mirrorActors: false },
      });
      svg.value = (await mermaid.render(`diagram-${drawn++}`, decodeURIComponent(code))).svg;
    }
    onMounted(draw);
    watch(isDark, draw);
    return () => h('div', { class: 'diagram', innerHTML: svg.value });
  },
});
