import type { Member, Role } from "@loket/contract";
import { ActionIcon, Button, Menu, PasswordInput, Select, TextInput } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMembers } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { RowBones } from "../ui/Bones.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import rows from "../ui/rows.module.css";
import { Section, SettingsPage } from "../ui/Section.tsx";
import { toast } from "../ui/toast.tsx";

const roles: readonly Role[] = ["owner", "admin", "supervisor", "agent", "editor", "auditor"];

export function MembersPage() {
  const { t } = useLanguage();
  const { may } = useSession();
  const members = useMembers();
  const [inviting, setInviting] = useState(false);
  const manages = may("members:manage");
  return (
    <SettingsPage
      title={t("members.title")}
      lead={t("members.lead")}
      act={
        manages && (
          <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setInviting(true)}>
            {t("members.invite")}
          </Button>
        )
      }
    >
      <Section>
        {members.isError && <Failure error={members.error} retry={() => void members.refetch()} />}
        {members.isPending && <RowBones count={4} />}
        <ul className={rows.rows}>
          {members.data?.map((member) => (
            <MemberRow key={member.id} member={member} manages={manages} />
          ))}
        </ul>
      </Section>
      {inviting && <InviteForm close={() => setInviting(false)} />}
    </SettingsPage>
  );
}

function MemberRow(props: { member: Member; manages: boolean }) {
  const { member, manages } = props;
  const { t } = useLanguage();
  const { api, organisation, memberId } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const own = member.id === memberId;
  const change = async (body: { role?: Role; active?: boolean }) => {
    try {
      await api.patch(`members/${member.id}`, body);
      await queries.invalidateQueries({ queryKey: ["members", organisation.id] });
      toast(t("members.changed"));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
  };
  return (
    <li data-off={!member.active || undefined}>
      <Avatar id={member.id} name={member.name} />
      <span className={rows.grow}>
        <span className={`${rows.name} cut`}>
          {member.name}
          {own && <span className={rows.small}> ({t("members.you")})</span>}
        </span>
        <span className={`${rows.small} cut`}>{member.email}</span>
      </span>
      {!member.active && <span className={rows.small}>{t("members.inactive")}</span>}
      {manages && !own ? (
        <>
          <Select
            w={150}
            aria-label={`${t("members.role")}: ${member.name}`}
            value={member.role}
            data={roles.map((role) => ({ value: role, label: t(`members.role.${role}`) }))}
            onChange={(value) => {
              const role = roles.find((one) => one === value);
              if (role && role !== member.role) void change({ role });
            }}
          />
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={36} aria-label={`${t("app.more")}: ${member.name}`}>
                <Icon of={IconDots} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void change({ active: !member.active })}>
                {t(member.active ? "members.deactivate" : "members.activate")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      ) : (
        <span>{t(`members.role.${member.role}`)}</span>
      )}
    </li>
  );
}

function InviteForm(props: { close: () => void }) {
  const { close } = props;
  const { t } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [password, setPassword] = useState("");
  const save = async () => {
    await api.post("members", { name: name.trim(), email: email.trim(), role, password });
    await queries.invalidateQueries({ queryKey: ["members", organisation.id] });
    toast(t("members.invited", { name: name.trim() }));
  };
  return (
    <FormDialog
      title={t("members.invite")}
      close={close}
      send={save}
      label={t("members.inviteSubmit")}
      disabled={!name.trim() || !email.includes("@") || password.length < 8}
    >
      <TextInput
        data-autofocus
        label={t("contact.name")}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        label={t("login.email")}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Select
        label={t("members.role")}
        description={t(`members.role.${role}.lead`)}
        value={role}
        data={roles.map((one) => ({ value: one, label: t(`members.role.${one}`) }))}
        onChange={(value) => setRole(roles.find((one) => one === value) ?? "agent")}
      />
      <PasswordInput
        label={t("members.firstPassword")}
        description={t("members.firstPasswordHint")}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
