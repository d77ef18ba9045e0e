export interface EvidenceSearch {
  /** Opens the dialogue for a pack of this kind. */
  readonly make?: "person" | "message" | "sender" | "organisation" | undefined;
  readonly id?: string | undefined;
  /** The letter it answers. */
  readonly demand?: string | undefined;
}

const kinds = ["person", "message", "sender", "organisation"] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseEvidenceSearch(raw: Record<string, unknown>): EvidenceSearch {
  const make = kinds.find((kind) => kind === raw.make);
  const idOf = (name: string) => (typeof raw[name] === "string" && uuid.test(raw[name]) ? raw[name] : undefined);
  return make === undefined ? {} : { make, ...given("id", idOf("id")), ...given("demand", idOf("demand")) };
}

export interface EntriesSearch {
  readonly type?: string | undefined;
  readonly contact?: string | undefined;
}

export function parseEntriesSearch(raw: Record<string, unknown>): EntriesSearch {
  return {
    ...given("type", typeof raw.type === "string" && /^[a-z]+\.[a-z]+$/.test(raw.type) ? raw.type : undefined),
    ...given("contact", typeof raw.contact === "string" && uuid.test(raw.contact) ? raw.contact : undefined),
  };
}

function given<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string };
}
