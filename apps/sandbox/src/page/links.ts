/**
 * Links that open a chat with a text in the field ("Click to chat": `https://wa.me/<number>?text=…`). Here they are
 * `/wa/<number>?text=…` on the sandbox's own address; a tap on a real one in a message does the same.
 */
export interface ChatLink {
  /** Digits of the business's number. */
  readonly to: string;
  readonly text: string;
}

/** Of an address that opens a chat; `null` of any other. */
export function chatLinkOf(address: string): ChatLink | null {
  let url: URL;
  try {
    url = new URL(address, location.href);
  } catch {
    return null;
  }
  const ours = url.host === location.host ? /^\/wa\/\+?(\d+)\/?$/.exec(url.pathname) : null;
  const theirs = url.host === "wa.me" ? /^\/\+?(\d+)\/?$/.exec(url.pathname) : null;
  const asked = url.host === "api.whatsapp.com" && url.pathname === "/send" ? url.searchParams.get("phone") : null;
  const to = ours?.[1] ?? theirs?.[1] ?? asked?.replace(/\D/g, "");
  return to ? { to, text: url.searchParams.get("text") ?? "" } : null;
}

type Opener = (link: ChatLink) => void;
const openers = new Map<string, Opener>();

/** The phone with this number opens links from now on; gives what ends that. */
export function opensLinks(number: string, open: Opener): () => void {
  openers.set(number, open);
  return () => {
    if (openers.get(number) === open) openers.delete(number);
  };
}

/** Opens a link on a phone that lies on the table. */
export function openOn(number: string, link: ChatLink): boolean {
  const open = openers.get(number);
  open?.(link);
  return open !== undefined;
}
