import type { team } from "@loket/contract";
import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Of, Page } from "../shell/api.ts";
import { type Inbox, useById, useInboxes, useMembers } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { RowBones } from "../ui/Bones.tsx";
import { Failure } from "../ui/Failure.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import rows from "../ui/rows.module.css";
import { Section, SettingsPage } from "../ui/Section.tsx";
import { toast } from "../ui/toast.tsx";

type Team = Of<typeof team>;
type Editing = { kind: "team"; team: Team | null } | { kind: "inbox"; inbox: Inbox | null };

export function TeamsPage() {
  const { t } = useLanguage();
  const { api, organisation, may } = useSession();
  const members = useById(useMembers().data);
  const inboxes = useInboxes();
  const teams = useQuery({
    queryKey: ["teams", organisation.id],
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<Team> | Team[]>("teams", { limit: 200 }, signal);
      return Array.isArray(answer) ? answer : answer.items;
    },
  });
  const [editing, setEditing] = useState<Editing | null>(null);
  const byId = useById(teams.data);
  const mayTeams = may("members:manage") || may("inboxes:manage");
  const mayInboxes = may("inboxes:manage");

  return (
    <SettingsPage title={t("teams.title")} lead={t("teams.lead")}>
      <Section
        title={t("teams.inboxes")}
        act={
          mayInboxes && <AddButton words={t("teams.newInbox")} add={() => setEditing({ kind: "inbox", inbox: null })} />
        }
      >
        {inboxes.isError && <Failure error={inboxes.error} retry={() => void inboxes.refetch()} />}
        {inboxes.isPending && <RowBones count={2} />}
        {inboxes.data?.length === 0 && <p className={rows.quiet}>{t("teams.noInboxes")}</p>}
        <ul className={rows.rows}>
          {inboxes.data?.map((inbox) => (
            <li key={inbox.id}>
              <span className={rows.grow}>
                <span className={`${rows.name} cut`}>{inbox.name}</span>
                <span className={rows.small}>
                  {t("teams.inboxTeams")}:{" "}
                  {inbox.teamIds.length === 0
                    ? t("teams.everyone")
                    : inbox.teamIds.map((id) => byId.get(id)?.name ?? "…").join(", ")}
                </span>
              </span>
              {mayInboxes && <EditButton name={inbox.name} edit={() => setEditing({ kind: "inbox", inbox })} />}
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t("teams.teams")}
        act={mayTeams && <AddButton words={t("teams.newTeam")} add={() => setEditing({ kind: "team", team: null })} />}
      >
        {teams.isError && <Failure error={teams.error} retry={() => void teams.refetch()} />}
        {teams.isPending && <RowBones count={2} />}
        {teams.data?.length === 0 && <p className={rows.quiet}>{t("teams.noTeams")}</p>}
        <ul className={rows.rows}>
          {teams.data?.map((one) => (
            <li key={one.id}>
              <span className={rows.grow}>
                <span className={`${rows.name} cut`}>{one.name}</span>
                <span className={rows.small}>{t("teams.memberCount", { count: one.memberIds.length })}</span>
              </span>
              <span className={rows.avatars}>
                {one.memberIds.slice(0, 5).map((id) => (
                  <Avatar key={id} id={id} name={members.get(id)?.name ?? "?"} size={26} />
                ))}
              </span>
              {mayTeams && <EditButton name={one.name} edit={() => setEditing({ kind: "team", team: one })} />}
            </li>
          ))}
        </ul>
      </Section>
      {editing && <EditForm editing={editing} teams={teams.data ?? []} close={() => setEditing(null)} />}
    </SettingsPage>
  );
}

function AddButton(props: { words: string; add: () => void }) {
  const { words, add } = props;
  return (
    <Button variant="default" size="compact-md" leftSection={<Icon of={IconPlus} size={16} />} onClick={add}>
      {words}
    </Button>
  );
}

function EditButton(props: { name: string; edit: () => void }) {
  const { name, edit } = props;
  const { t } = useLanguage();
  return (
    <ActionIcon variant="subtle" color="gray" size={36} aria-label={`${t("app.edit")}: ${name}`} onClick={edit}>
      <Icon of={IconPencil} />
    </ActionIcon>
  );
}

/** A team is a name and its members; an inbox a name and the teams that see it. One form does both. */
function EditForm(props: { editing: Editing; teams: Team[]; close: () => void }) {
  const { editing, teams, close } = props;
  const { t } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const members = useMembers();
  const isTeam = editing.kind === "team";
  const held = isTeam ? editing.team : editing.inbox;
  const [name, setName] = useState(held?.name ?? "");
  const [chosen, setChosen] = useState<string[]>((isTeam ? editing.team?.memberIds : editing.inbox?.teamIds) ?? []);
  const options = isTeam ? (members.data ?? []).filter((member) => member.active) : teams;

  const save = async () => {
    const noun = isTeam ? "teams" : "inboxes";
    const body = isTeam ? { name: name.trim(), memberIds: chosen } : { name: name.trim(), teamIds: chosen };
    await (held ? api.patch(`${noun}/${held.id}`, body) : api.post(noun, body));
    await queries.invalidateQueries({ queryKey: [noun, organisation.id] });
    toast(t("teams.saved"));
  };

  return (
    <FormDialog
      title={held?.name ?? t(isTeam ? "teams.newTeam" : "teams.newInbox")}
      close={close}
      send={save}
      label={t("app.save")}
      disabled={!name.trim()}
    >
      <TextInput
        data-autofocus
        label={t("teams.name")}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {options.length > 0 && (
        <Checkbox.Group label={t(isTeam ? "teams.members" : "teams.inboxTeams")} value={chosen} onChange={setChosen}>
          <div className={rows.scopes} style={{ marginTop: 8 }}>
            {options.map((option) => (
              <Checkbox key={option.id} value={option.id} label={option.name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </FormDialog>
  );
}
