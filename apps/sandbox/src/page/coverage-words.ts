import { language } from "./words.ts";

/** The words of the page of what is imitated. */
const en = {
  search: "Search calls, fields and error codes",
  calls: "Calls of the Graph API",
  webhooks: "Webhook fields",
  errors: "Error codes",
  errorsHint: "Whole: the sandbox's own rules bring it about. In part: a fault does.",
  count: (whole: number, all: number) => `${whole} of ${all} imitated whole.`,
  nothing: "Nothing like that.",
  imitated: { yes: "whole", part: "in part", no: "not" },
  where: {
    answer: "in the answer",
    status: "in a failed status",
    both: "in the answer or in a failed status",
    webhook: "in a webhook",
    health: "in health_status",
  },
};

type Words = typeof en;

const nl: Words = {
  search: "Zoek oproepen, velden en foutcodes",
  calls: "Oproepen van de Graph API",
  webhooks: "Webhookvelden",
  errors: "Foutcodes",
  errorsHint: "Geheel: de eigen regels van de zandbak brengen hem voort. Deels: een storing doet dat.",
  count: (whole, all) => `${whole} van ${all} geheel nagebootst.`,
  nothing: "Niets dat erop lijkt.",
  imitated: { yes: "geheel", part: "deels", no: "niet" },
  where: {
    answer: "in het antwoord",
    status: "in een mislukte status",
    both: "in het antwoord of in een mislukte status",
    webhook: "in een webhook",
    health: "in health_status",
  },
};

const de: Words = {
  search: "Aufrufe, Felder und Fehlercodes suchen",
  calls: "Aufrufe der Graph API",
  webhooks: "Webhook-Felder",
  errors: "Fehlercodes",
  errorsHint: "Ganz: die eigenen Regeln des Sandkastens führen dazu. Teilweise: eine Störung tut es.",
  count: (whole, all) => `${whole} von ${all} ganz nachgebildet.`,
  nothing: "Nichts dergleichen.",
  imitated: { yes: "ganz", part: "teilweise", no: "nicht" },
  where: {
    answer: "in der Antwort",
    status: "in einem Status „failed“",
    both: "in der Antwort oder in einem Status „failed“",
    webhook: "in einem Webhook",
    health: "in health_status",
  },
};

export const coverageWords: Words = { en, nl, de }[language];
