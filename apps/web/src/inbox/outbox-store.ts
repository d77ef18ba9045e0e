import { createStore, del, entries, set } from "idb-keyval";
import type { OutboxEntry, OutboxStore } from "./outbox.ts";

/** The outbox of one organisation in the browser's database. Files are kept with it, as the blobs they are. */
export function openOutboxStore(organisationId: string): OutboxStore {
  const store = createStore(`loket-outbox-${organisationId}`, "entries");
  return {
    load: async () => (await entries<string, OutboxEntry>(store)).map(([, entry]) => entry),
    save: (entry) => set(entry.clientId, entry, store),
    remove: (clientId) => del(clientId, store),
  };
}
