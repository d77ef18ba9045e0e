import { html } from "./html.ts";

export function Avatar({ name, size = 40 }: { name: string; size?: number }) {
  const letters = name
    .replace(/^\+/, "")
    .split(/\s+/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const initials = (letters[0]?.[0] ?? "?") + (letters.length > 1 ? (letters.at(-1)?.[0] ?? "") : "");
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6;
  return html`<span class=${`avatar tone-${sum}`} style=${{ width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.38)}px` }} aria-hidden="true">${initials.toUpperCase()}</span>`;
}
