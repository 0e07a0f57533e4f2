/** The rails of one answer, as rails put around one another see them. */
interface Rails {
  push(text: string): string;
  end(): string;
}

/** Local part, domain (RFC 5321, section 4.5.3.1: 64 and 63 characters). */
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;

/** Longest text held back, in characters; then it is judged as it stands. */
const MOST_HELD = 2048;

const hidden = (text: string) => text.replace(EMAIL, '[e-mail]');

/** Hides e-mail addresses: waits for the end of the word being written, and for no more. */
export function hidingEmails(inner: Rails): Rails {
  let held = '';
  return {
    push(text) {
      held += inner.push(text);
      const afterWord = Math.max(held.lastIndexOf(' '), held.lastIndexOf('\n')) + 1;
      const cut = held.length - afterWord > MOST_HELD ? held.length : afterWord;
      const ready = hidden(held.slice(0, cut));
      held = held.slice(cut);
      return ready;
    },
    end() {
      const last = hidden(held + inner.end());
      held = '';
      return last;
    },
  };
}
