/**
 * The same messages, but `onSilence` is called when one takes longer than so many milliseconds.
 *
 * Time that the reader takes between two messages does not count.
 */
export async function* noSilence<Message>(
  messages: AsyncIterableIterator<Message>,
  milliseconds: number,
  onSilence: () => void,
): AsyncGenerator<Message> {
  try {
    for (;;) {
      const timer = setTimeout(onSilence, milliseconds);
      const { done, value } = await messages.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    await messages.return?.();
  }
}
