import { Button, Modal } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useT } from "../shell/i18n.tsx";
import { useFailureWords } from "./Failure.tsx";
import rows from "./rows.module.css";

/** Sends once at a time, and keeps why it failed until the next time. */
export function useSending(): {
  readonly busy: boolean;
  /** The reason of the last failure, to be shown where one sent. */
  readonly problem: ReactNode;
  /** Whether it went well. */
  send(work: () => Promise<unknown>): Promise<boolean>;
} {
  const failureWords = useFailureWords();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  return {
    busy,
    problem: reason && (
      <p className={rows.problem} role="alert">
        {reason}
      </p>
    ),
    async send(work) {
      setBusy(true);
      setReason(null);
      try {
        await work();
        return true;
      } catch (error) {
        setReason(failureWords(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

/** A form in a dialog. It closes when what it sends was taken; otherwise it stays as it was filled in, with the reason. */
export function FormDialog(props: {
  title: string;
  size?: number;
  close: () => void;
  /** What sending does; `"stay"` keeps the dialog open for a next step. */
  send: () => Promise<unknown>;
  /** What the sending button says. */
  label: string;
  color?: string;
  disabled?: boolean;
  /** Buttons beside the sending one. */
  besides?: ReactNode;
  children: ReactNode;
}) {
  const { title, size, close, send, label, color, disabled, besides, children } = props;
  const t = useT();
  const sending = useSending();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    let stays = false;
    const went = await sending.send(async () => {
      stays = (await send()) === "stay";
    });
    if (went && !stays) close();
  };
  const button = (
    <Button type="submit" loading={sending.busy} disabled={disabled ?? false} {...(color ? { color } : {})}>
      {label}
    </Button>
  );
  return (
    <Modal opened onClose={close} title={title} size={size ?? "md"} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form className={rows.form} onSubmit={(event) => void submit(event)}>
        {children}
        {sending.problem}
        {besides ? (
          <div className={rows.sendRow}>
            {besides}
            {button}
          </div>
        ) : (
          button
        )}
      </form>
    </Modal>
  );
}
