import { html } from "./html.ts";

const shapes = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-5 17-3.5-7zM11.5 14L20 4",
  close: "M6 6l12 12M18 6L6 18",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 16.500a3.500 3.500 0 100-7 3.500 3.500 0 000 7z",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  pin: "M12 21s7-6.200 7-11.500a7 7 0 10-14 0C5 14.800 12 21 12 21zM12 12a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM4.500 20.500c1-4 4-6 7.500-6s6.500 2 7.500 6",
  voice: "M12 15a3 3 0 003-3V6a3 3 0 10-6 0v6a3 3 0 003 3zM6 11.500a6 6 0 0012 0M12 17.500V21",
  sticker: "M20 13l-7 7H7a3 3 0 01-3-3V7a3 3 0 013-3h10a3 3 0 013 3zM13 20v-4a3 3 0 013-3h4",
  video: "M4 7h11v10H4zM15 11l5-3v8l-5-3",
  link: "M9 15l6-6M11 6l1.500-1.500a4 4 0 016 6L17 12M13 18l-1.500 1.500a4 4 0 01-6-6L7 12",
  phone:
    "M5 4h4l1.500 5-2.500 1.500a12 12 0 005.500 5.500L15 13.500l5 1.500v4a1.500 1.500 0 01-1.500 1.500A15.500 15.500 0 013.500 5.500 1.500 1.500 0 015 4z",
  copy: "M8 8h11v12H8zM5 16V4h11",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 017 7",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6v.01M4.500 12v.01M4.500 18v.01",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5zM9 19.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  block: "M12 20.500a8.500 8.500 0 100-17 8.500 8.500 0 000 17zM6 6l12 12",
  flag: "M6 21V4h11l-2.500 4L17 12H6",
  bell: "M6 17V11a6 6 0 1112 0v6l1.500 2h-15zM10 19.500a2 2 0 004 0M4 4l16 16",
  swap: "M5 9h13l-3.500-4M19 15H6l3.500 4",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  form: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
  shop: "M4 9l1.500-5h13L20 9M4 9v11h16V9M4 9h16M9 20v-6h6v6",
  clock: "M12 20.500a8.500 8.500 0 100-17 8.500 8.500 0 000 17zM12 7.500V12l3 2",
  power: "M12 4v8M7.500 7a7 7 0 109 0",
  off: "M5 5l14 14M8.500 14.500a5 5 0 013.500-1.500M5 11a10 10 0 014-2.400M19 11a10 10 0 00-7-3M12 18v.01",
} as const;

export type IconName = keyof typeof shapes;

/** A line icon of our own family: 24 grid, 1.5 stroke. Decoration; the words stand beside it or in the label. */
export function icon(name: IconName, size = 18) {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${shapes[name]} /></svg>`;
}

/** The mark: an arch (the window) over a bar (the counter). */
export function mark(size = 24) {
  return html`<svg width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true"><path d="M6 16V10.500a6 6 0 0112 0V16" /><path d="M3.500 20h17" /></svg>`;
}

/** One tick sent, two delivered, two blue read; the word is in the label. */
export function ticks(status: string, label: string) {
  const read = status === "read" || status === "played";
  const two = read || status === "delivered";
  return html`<svg class=${read ? "ticks read" : "ticks"} width="17" height="12" viewBox="0 0 17 12" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" role=${label ? "img" : undefined} aria-label=${label || undefined} aria-hidden=${label ? undefined : "true"}><path d="M1.500 6.500l3 3 6-7" />${two && html`<path d="M7.500 8.600l1 .9 6-7" />`}</svg>`;
}
