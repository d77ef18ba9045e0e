import type { Agreement, ContactDetail, Wording } from "@loket/contract";
import { useQuery } from "@tanstack/react-query";
import type { Page } from "./api.ts";
import { useSession } from "./session.tsx";

/** A person with what they agreed to; `null` asks for nobody. Held once, whoever shows them. */
export function usePerson(id: string | null) {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: ["contact", organisation.id, id],
    queryFn: ({ signal }) => api.get<ContactDetail>(`contacts/${id}`, {}, signal),
    staleTime: 30_000,
    enabled: id !== null,
  });
}

/** The words people are asked to agree to, newest first. */
export function useWordings(enabled = true) {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: ["standing", organisation.id, "wordings"],
    queryFn: async ({ signal }) => (await api.get<Page<Wording>>("wordings", {}, signal)).items,
    staleTime: 60_000,
    enabled,
  });
}

/** The newest wording for a purpose and channel: in the first of these languages there is one in, else in any. */
export function chooseWording(
  wordings: readonly Wording[],
  about: { readonly purpose: string; readonly channel: string },
  languages: readonly (string | null)[],
): Wording | null {
  const fitting = wordings.filter(
    ({ purpose, channels }) =>
      purpose === about.purpose && (channels.includes(about.channel) || channels.includes("all")),
  );
  for (const language of languages) {
    const found = fitting.find((one) => one.language === language);
    if (found) return found;
  }
  return fitting[0] ?? null;
}

/** Whether messages of some purpose may rest on what was agreed. */
export function isYes({ state }: Agreement): boolean {
  return state === "agreed" || state === "confirmed";
}
