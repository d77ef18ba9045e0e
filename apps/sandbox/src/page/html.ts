import htm from "htm";
import { h, type VNode } from "preact";

/** Markup without a build step: `html\`<p>${text}</p>\`` makes what JSX would. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** What may stand between two tags. */
export type Markup = VNode | string | number | null | false | undefined | Markup[];
