import { badValue } from "./graph-error.ts";
import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";

/** What an account sells, as far as product messages are held against it. An account without one is taken at its word. */
export interface Catalogue {
  readonly id: string;
  readonly products: readonly Product[];
}

export interface Product {
  readonly retailer_id: string;
  readonly name: string;
  readonly price: number;
  readonly currency: string;
}

/**
 * Product messages and templates name products of the account's own catalogue. Error 131009 for another catalogue and for a
 * `product_retailer_id` that is not in it ("Sell products and services").
 */
export function checkProducts(platform: Platform, accountId: string, content: unknown): void {
  const catalogue = platform.state.records.catalogues.get(accountId);
  if (!catalogue) return;
  const named = productsIn(content);
  for (const id of named.catalogues)
    if (id !== catalogue.id) throw badValue(`catalog_id: ${id} is not connected to this account`);
  const known = new Set(catalogue.products.map((product) => product.retailer_id));
  const unknown = [...named.products].filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw badValue(`Products not found in the catalog: product_retailer_id ${unknown.join(", ")}`);
}

/** Every catalogue and product named anywhere in it. */
function productsIn(value: unknown, found = { catalogues: new Set<string>(), products: new Set<string>() }) {
  if (Array.isArray(value)) for (const item of value) productsIn(item, found);
  if (!isBody(value)) return found;
  for (const [key, member] of Object.entries(value)) {
    if (key === "catalog_id") found.catalogues.add(String(member));
    else if (key === "product_retailer_id" || key === "thumbnail_product_retailer_id")
      found.products.add(String(member));
    else productsIn(member, found);
  }
  return found;
}
