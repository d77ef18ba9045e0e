import { useEffect, useRef, useState } from "preact/hooks";
import { type Content, uploadFile } from "./ask.ts";
import { html } from "./html.ts";
import { type IconName, icon } from "./icons.ts";
import { useMenu } from "./menu.ts";
import { sampleLocation } from "./message-content.ts";
import { phoneWords } from "./phone-words.ts";
import { canRecord, Recorder } from "./recorder.ts";
import { words } from "./words.ts";

interface ComposerProps {
  readonly card: Content;
  /** Changes when the pen should be in the field again. */
  readonly focusOn: string;
  /** What a link put into the field. */
  readonly prefilled: string;
  /** Under this name what was not sent yet outlives a reload. */
  readonly keptAs: string;
  send(body: Content): Promise<void>;
  say(notice: string): void;
}

/** Where the person writes. Enter sends, Shift and Enter breaks the line. */
export function Composer({ card, focusOn, prefilled, keptAs, send, say }: ComposerProps) {
  const [text, setText] = useState(prefilled || (sessionStorage.getItem(keptAs) ?? ""));
  const [isRecording, setRecording] = useState(false);
  const { open, menu, opener, toggle, close } = useMenu();
  const field = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (matchMedia("(hover: hover)").matches) field.current?.focus({ preventScroll: true });
  }, [focusOn]);
  useEffect(() => {
    if (text === "") sessionStorage.removeItem(keptAs);
    else sessionStorage.setItem(keptAs, text);
  }, [text, keptAs]);
  useEffect(() => {
    if (prefilled) setText(prefilled);
  }, [prefilled]);

  const submit = (event: Event) => {
    event.preventDefault();
    const body = text.trim();
    if (body === "") return;
    setText("");
    if (field.current) field.current.style.height = "";
    void send({ type: "text", text: { body } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  };
  const onInput = (event: Event) => {
    const element = event.currentTarget as HTMLTextAreaElement;
    setText(element.value);
    element.style.height = "";
    element.style.height = `${Math.min(element.scrollHeight, 110)}px`;
  };
  const upload = async (chosen: File, more: Content = {}) => {
    try {
      const { id } = await uploadFile(chosen);
      const type = kindOf(chosen.type);
      await send({ type, [type]: { id, ...more, ...(type === "document" ? { filename: chosen.name } : {}) } });
    } catch (error) {
      say(words.failed(error instanceof Error ? error.message : ""));
    }
  };
  const sendFile = async () => {
    const chosen = file.current?.files?.[0];
    if (chosen) await upload(chosen);
    if (file.current) file.current.value = "";
  };
  const onRecorded = (recording: File | null) => {
    setRecording(false);
    if (recording) void upload(recording, { voice: true });
  };
  const onNoMicrophone = () => {
    setRecording(false);
    say(phoneWords.noMicrophone);
  };
  const pick = (body: Content | "file") => () => {
    close();
    if (body === "file") file.current?.click();
    else void send(body);
  };
  const items: [IconName, string, Content | "file"][] = [
    ["camera", phoneWords.photo, "file"],
    ["camera", phoneWords.samplePhoto, { type: "image" }],
    ["voice", phoneWords.voiceNote, { type: "audio", audio: { voice: true } }],
    ["file", phoneWords.documentFile, { type: "document" }],
    ["pin", phoneWords.location, sampleLocation],
    ["person", phoneWords.contactCard, { type: "contacts", contacts: [card] }],
    ["sticker", phoneWords.sticker, { type: "sticker" }],
  ];
  if (isRecording) return html`<${Recorder} done=${onRecorded} failed=${onNoMicrophone} />`;
  const isEmpty = text.trim() === "";
  return html`
    <form class="composer" onSubmit=${submit}>
      <button type="button" class="round" aria-label=${phoneWords.attach} aria-expanded=${open} ref=${opener} onClick=${toggle}>${icon("plus", 22)}</button>
      ${open && html`<div class="menu up" ref=${menu}>${items.map(([name, label, body]) => html`<button type="button" onClick=${pick(body)}>${icon(name)}${label}</button>`)}</div>`}
      <textarea ref=${field} rows="1" value=${text} placeholder=${phoneWords.message} aria-label=${phoneWords.message} onInput=${onInput} onKeyDown=${onKeyDown} dir="auto"></textarea>
      ${
        isEmpty && canRecord
          ? html`<button type="button" class="round send" key="record" aria-label=${phoneWords.record} title=${phoneWords.record} onClick=${() => setRecording(true)}>${icon("voice", 20)}</button>`
          : html`<button class="round send" key="send" aria-label=${phoneWords.send} disabled=${isEmpty}>${icon("send", 20)}</button>`
      }
      <input class="unseen" type="file" tabindex="-1" aria-hidden="true" ref=${file} onChange=${sendFile} />
    </form>`;
}

function kindOf(mimeType: string): string {
  const kind = mimeType.split("/")[0] ?? "";
  if (mimeType === "image/webp") return "sticker";
  return ["image", "video", "audio"].includes(kind) ? kind : "document";
}
