import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

// Without a browser DOMPurify cannot clean labels, and Mermaid's parser wants it to. Nothing is shown here: let them pass.
DOMPurify.addHook = () => {};
DOMPurify.sanitize = ((label: string) => label) as typeof DOMPurify.sanitize;

const DIAGRAM = /^```mermaid\n([\s\S]*?)^```$/gm;

/** What is wrong with each Mermaid diagram of a Markdown file that does not parse. */
export async function brokenDiagrams(markdown: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [, diagram = ''] of markdown.matchAll(DIAGRAM)) {
    await mermaid.parse(diagram).catch((error: Error) => broken.push(error.message));
  }
  return broken;
}
