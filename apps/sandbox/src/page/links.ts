/**
 * Links that open a chat with a text in the field ("Click to chat", "QR codes and short links"): `https://wa.me/<number>?text=…`
 * and `https://wa.me/message/<code>`. Here they are `/wa/…` on the sandbox's own address as well; a tap on a real one in a
 * message does the same.
 */
export function chatLinkOf(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address, location.href);
  } catch {
    return null;
  }
  const path = url.host === location.host && url.pathname.startsWith("/wa/") ? url.pathname.slice(3) : url.pathname;
  const isShort = url.host === "wa.me" || path !== url.pathname;
  if (isShort && /^\/(\+?\d+|message\/[\w-]+)\/?$/.test(path))
    return `https://wa.me${path.replace(/\/$/, "")}${url.search}`;
  const asked = url.host === "api.whatsapp.com" && url.pathname === "/send" ? url.searchParams.get("phone") : null;
  if (!asked) return null;
  const text = url.searchParams.get("text");
  return `https://wa.me/${asked.replace(/\D/g, "")}${text ? `?text=${encodeURIComponent(text)}` : ""}`;
}

type Opener = (link: string) => void;
const openers = new Map<string, Opener>();

/** The phone with this number opens links from now on; gives what ends that. */
export function opensLinks(number: string, open: Opener): () => void {
  openers.set(number, open);
  return () => {
    if (openers.get(number) === open) openers.delete(number);
  };
}

/** Opens a link on a phone that lies on the table. */
export function openOn(number: string, link: string): boolean {
  const open = openers.get(number);
  open?.(link);
  return open !== undefined;
}
