import { createBook } from "./book.ts";
import { allRules } from "./rules/index.ts";

/** The book in force, made ready once when the module loads. */
export const termsBook = createBook(allRules);

/** Every rule that fires on this send at this instant. Pure, total, deterministic. */
export const decide = termsBook.decide;
export const rulesInForce = termsBook.rulesInForce;
export const ruleById = termsBook.ruleById;
/** Says which rules a verdict was made with; kept beside every verdict. */
export const bookVersion = termsBook.version;
