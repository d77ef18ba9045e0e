/**
 * Lists of people who agreed elsewhere.
 *
 *   take in    createImport, beginImport        a file, then somebody's word for it and what its columns are
 *   read       guessMapping, valuesOf, readRow, generatedNumbers     pure
 *   settle     settleRows, countImport, failImport, lastSettledLine, readingRules
 *   look       listImports, readImport, listImportRows, countReasons
 *   mend       fixRows, discardRows, admitRows
 */
export {
  admitRows,
  beginImport,
  countImport,
  countReasons,
  createImport,
  discardRows,
  failImport,
  fixRows,
  type ImportRow,
  lastSettledLine,
  listImportRows,
  listImports,
  readImport,
  readingRules,
} from "./imports.ts";
export { generatedNumbers, guessMapping, type ImportReason, importFields, readRow, valuesOf } from "./row.ts";
export { settleRows } from "./settle.ts";
