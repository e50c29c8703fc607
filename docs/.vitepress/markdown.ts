// Extends VitePress's Markdown so that it shows READMEs as they are: links between files, diagrams, a picture for each theme.
import type { MarkdownOptions, MarkdownRenderer } from 'vitepress';
import { onSite } from './links.ts';

const PICTURE =
  /<picture>\s*<source[^>]*srcset="([^"]+)"[^>]*>\s*<img alt="([^"]*)" src="([^"]+)"[^>]*>\s*<\/picture>/g;

/** `<picture>` asks the system for the theme; the site has a switch of its own. */
function twoPictures(html: string): string {
  return html.replace(
    PICTURE,
    '<img class="when-dark" alt="$2" src="./$1"><img class="when-light" alt="$2" src="./$3">',
  );
}

/**
 * In a block with commands, the commands stand out, and only they are copied: VitePress leaves out what has the class
 * `vp-copy-ignore`, and a prompt in a block of shell.
 */
export const commandLines: NonNullable<MarkdownOptions['codeTransformers']>[number] = {
  line(node, number) {
    const lines = this.source.split('\n');
    if (lines[number - 1]?.startsWith('$ ')) this.addClassToHast(node, 'command');
    else if (lines.some((line) => line.startsWith('$ '))) this.addClassToHast(node, 'vp-copy-ignore');
  },
};

/** The extension of VitePress's Markdown for this project. */
export function readmes(md: MarkdownRenderer): void {
  md.core.ruler.push('links-on-site', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const link = token.type === 'link_open' ? token.attrGet('href') : null;
      if (link === null || /^(?:[a-z]+:|\/)/.test(link)) continue;
      token.attrSet('href', onSite(link, env.realPath ?? env.path));
    }
  });

  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token?.info.trim() === 'mermaid') return `<Diagram code="${encodeURIComponent(token.content)}" />`;
    if (token?.info.trim() !== 'console') return fence?.(tokens, index, options, env, self) ?? '';
    // Highlighted as text, because the output of a command is not shell code.
    token.info = 'txt';
    const html = fence?.(tokens, index, options, env, self) ?? '';
    return html
      .replace('class="language-txt', 'class="language-shell console')
      .replaceAll(
        '<span class="line command"><span>$ ',
        '<span class="line command"><span class="prompt">$ </span><span>',
      );
  };

  const html = md.renderer.rules.html_block;
  md.renderer.rules.html_block = (tokens, index, options, env, self) =>
    twoPictures(html?.(tokens, index, options, env, self) ?? '');
}
