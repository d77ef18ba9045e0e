import { createTransport } from "nodemailer";

/** Letters to people, over the mail server the operator named. Plain text, nothing that loads. */
export interface Mail {
  send(letter: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
  close(): void;
}

const timeoutMs = 20_000;

/** `url` as nodemailer reads it: `smtp://user:password@mail.example:587`, or `smtps://…`. */
export function createMail(url: string, from: string): Mail {
  const transport = createTransport(
    {
      url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ to, subject, text });
    },
    close: () => transport.close(),
  };
}
