import fc from "fast-check";

/** A JSON Schema as the description uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Values that make sense for members of some names, so that not every request fails at the first id; the schema's own come too. */
export type Sensible = Readonly<Record<string, readonly unknown[]>>;

/** Values a schema allows, small ones. `resolve` finds what a `$ref` names. */
export function valuesOf(
  schema: Schema,
  resolve: (ref: string) => Schema,
  sensible: Sensible = {},
  name = "",
  depth = 0,
): fc.Arbitrary<unknown> {
  const own = ownValues(schema, resolve, sensible, depth);
  const known = sensible[name];
  return known === undefined
    ? own
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: own });
}

function ownValues(
  schema: Schema,
  resolve: (ref: string) => Schema,
  sensible: Sensible,
  depth: number,
): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return ownValues(resolve(schema.$ref), resolve, sensible, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((one) => ownValues(one, resolve, sensible, depth)));
  if (schema.allOf) {
    const parts = schema.allOf.map((one) => ownValues(one, resolve, sensible, depth));
    return fc.tuple(...parts).map((values) => Object.assign({}, ...values));
  }
  if (schema.properties || schema.type === "object") return objects(schema, resolve, sensible, depth);
  switch (schema.type) {
    case "array":
      return fc.array(valuesOf(schema.items ?? { type: "string" }, resolve, sensible, "", depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 4),
      });
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 2_000_000_000 });
    case "number":
      return fc.double({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000, noNaN: true });
    case "boolean":
      return fc.boolean();
    default:
      return texts(schema);
  }
}

/** Every member that is required, and of the others any. Below some depth only what is required, or descriptions never end. */
function objects(
  schema: Schema,
  resolve: (ref: string) => Schema,
  sensible: Sensible,
  depth: number,
): fc.Arbitrary<unknown> {
  const required = schema.required ?? [];
  const entries = Object.entries(schema.properties ?? {}).filter(([key]) => depth < 5 || required.includes(key));
  const members = Object.fromEntries(
    entries.map(([key, member]) => [key, valuesOf(member, resolve, sensible, key, depth + 1)]),
  );
  const requiredKeys = entries.map(([key]) => key).filter((key) => required.includes(key));
  return fc.record(members, { requiredKeys });
}

const formats: Record<string, fc.Arbitrary<string>> = {
  uri: fc.constantFrom("https://cedar.example/a", "https://cdn.cedar.example/b.png"),
  url: fc.constantFrom("https://cedar.example/a.jpg", "https://cdn.cedar.example/b.pdf"),
  email: fc.constantFrom("sam@cedar.example", "noor@cedar.example"),
  "date-time": fc.constantFrom("2026-11-22T08:00:00Z"),
  binary: fc.constantFrom("bytes"),
};

function texts({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  const known = format === undefined ? undefined : formats[format];
  if (known) return known;
  if (pattern !== undefined && isRegular(pattern)) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: "grapheme" });
}

/** Patterns escaped twice match nothing a person would write. */
function isRegular(pattern: string): boolean {
  return !pattern.includes("\\\\");
}
