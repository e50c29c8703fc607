const FENCE = /^```[\s\S]*?^```$/gm;
const FIGURE =
  /\d.*(?:µs|\d %|\b(?:messages?|requests|calls|numbers|MB) a (?:milli)?second\b|\ba millisecond\b)/;
const COMMAND = /\bpnpm ((?:bench|stress|traps)[\w:-]*)/g;

/**
 * The measured figures of a Markdown file that do not say which command measured them, in their section or in the
 * introduction.
 *
 * @param scripts what `pnpm NAME` can run
 */
export function unfoundedFigures(markdown: string, scripts: ReadonlySet<string>): string[] {
  const [introduction = '', ...sections] = markdown.split(/^(?=## )/m);
  return [introduction, ...sections].flatMap((section) => {
    const figures = section
      .replace(FENCE, '')
      .split('\n')
      .filter((line) => FIGURE.test(line));
    const commands = [...`${introduction}\n${section}`.matchAll(COMMAND)];
    return commands.some(([, name = '']) => scripts.has(name)) ? [] : figures;
  });
}
