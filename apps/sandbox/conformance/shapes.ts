/** The type of a JSON value, as the tables of shapes call it; a `?` after it says that the member may be left out. */
export type Kind = "string" | "number" | "boolean" | "null" | "object" | "list";

/** Which members a webhook's value has, by their path (`messages[].text.body`), and of which types. */
export type Shape = Readonly<Record<string, string>>;

function kindOf(value: unknown): Kind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value as Kind;
}

/** Every member of a value with its type. Lists are told by their first items. */
export function shapeOf(value: unknown, path = ""): Record<string, string> {
  if (Array.isArray(value)) return { [path]: "list", ...(value.length > 0 ? shapeOf(value[0], `${path}[]`) : {}) };
  const own = path === "" || path.endsWith("[]") ? {} : { [path]: kindOf(value) };
  if (typeof value !== "object" || value === null) return path.endsWith("[]") ? { [path]: kindOf(value) } : own;
  const members = Object.entries(value).map(([name, inner]) => shapeOf(inner, path === "" ? name : `${path}.${name}`));
  return Object.assign(own, ...members) as Record<string, string>;
}

/** Members a shape asks for and a value has not, or has as another type. */
export function lacks(shape: Shape, value: unknown): string[] {
  const ours = shapeOf(value);
  return Object.entries(shape).flatMap(([path, wanted]) => {
    const kinds = wanted.replace("?", "").split("|");
    const kind = ours[path];
    if (kind === undefined)
      return wanted.endsWith("?") || isUnderAbsent(shape, ours, path) ? [] : [`${path} is missing`];
    return kinds.includes(kind) ? [] : [`${path} is a ${kind}, not a ${wanted}`];
  });
}

/** A member of an object that may be left out, and is. */
function isUnderAbsent(shape: Shape, ours: Shape, path: string): boolean {
  const above = Object.keys(shape).filter((one) => path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
  return above.some((one) => shape[one]?.endsWith("?") && ours[one] === undefined);
}
