import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { phoneWords } from "./phone-words.ts";

/** What browsers record, the platform's own format for voice notes first. */
const formats = ["audio/ogg;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"];

interface RecorderProps {
  /** The recording, or nothing where it was thrown away. */
  done(recording: File | null): void;
  failed(): void;
}

/** Stands where the text field stood while a voice note is being recorded. */
export function Recorder({ done, failed }: RecorderProps) {
  const recorder = useRef<MediaRecorder | null>(null);
  const isWanted = useRef(false);
  const sendButton = useRef<HTMLButtonElement>(null);
  const [seconds, setSeconds] = useState(0);

  useEffect(() => {
    let stream: MediaStream | undefined;
    const letGo = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    let timer: number | undefined;
    let isGone = false;
    const parts: Blob[] = [];
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (isGone) return letGo();
      const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
      const made = new MediaRecorder(stream, mimeType ? { mimeType } : {});
      made.ondataavailable = ({ data }) => parts.push(data);
      made.onstop = () => {
        const type = made.mimeType.split(";")[0] ?? "audio/ogg";
        done(isWanted.current ? new File(parts, `voice.${type.split("/")[1]}`, { type }) : null);
      };
      made.start();
      recorder.current = made;
      timer = setInterval(() => setSeconds((count) => count + 1), 1_000);
      sendButton.current?.focus();
    };
    begin().catch(failed);
    return () => {
      isGone = true;
      clearInterval(timer);
      if (recorder.current?.state === "recording") recorder.current.stop();
      letGo();
    };
  }, []);

  const stop = (wanted: boolean) => () => {
    isWanted.current = wanted;
    if (recorder.current) recorder.current.stop();
    else done(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") stop(false)();
  };
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return html`
    <div class="composer recording" onKeyDown=${onKeyDown}>
      <button type="button" class="round" aria-label=${phoneWords.discard} title=${phoneWords.discard} onClick=${stop(false)}>${icon("trash", 20)}</button>
      <p role="timer" aria-label=${phoneWords.recording(time)}><i class="lamp"></i><span>${time}</span></p>
      <button type="button" class="round send" aria-label=${phoneWords.sendRecording} title=${phoneWords.sendRecording} ref=${sendButton} onClick=${stop(true)}>${icon("send", 20)}</button>
    </div>`;
}

/** Whether this browser could record at all; asking for leave comes later. */
export const canRecord = typeof MediaRecorder === "function" && Boolean(navigator.mediaDevices?.getUserMedia);
