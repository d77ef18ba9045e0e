import { GraphError } from "./graph-error.ts";
import { mediaUrl, receiveMedia } from "./media.ts";
import { choiceAt, optionalObjectAt, optionalTextAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { sampleFile } from "./sample-files.ts";
import { scopedIds, showsNumber } from "./scoped-ids.ts";
import type { Body } from "./state.ts";
import { numberValue, seconds, tell } from "./webhooks.ts";

/** What a call can leave behind: its sound, and what was said ("Call recording", "Call transcription"). */
export type CallMedia = "recording" | "transcription";

const languages = "en en_US en_AU en_CA en_GB en_IN en_NZ nl fr de hi it kn pt es es_ES te vi".split(" ");
const purposeAtMost = 250;

/** What `recording` and `transcription` of a connect or accept ask for. Error 100 for a purpose or language that will not do. */
export function readCallMedia(body: Body): CallMedia[] {
  return (["recording", "transcription"] as const).filter((kind) => {
    const wanted = optionalObjectAt(body, kind, "");
    if (!wanted || choiceAt(wanted, "status", kind, ["ENABLED", "DISABLED"]) === "DISABLED") return false;
    const purpose = optionalTextAt(wanted, "purpose", kind) ?? "";
    if (purpose === "" || purpose.length > purposeAtMost)
      throw new GraphError(100, { details: `${kind}['purpose'] must have 1 to ${purposeAtMost} characters.` });
    const language = optionalTextAt(wanted, "announcement_language", kind) ?? "";
    if (!languages.includes(language))
      throw new GraphError(100, {
        details: `${kind}['announcement_language'] must be one of ${languages.join(", ")}.`,
      });
    return true;
  });
}

/** A while after a call that was picked up ends, each thing it leaves behind is told as an event of `calls`. */
export function planCallMedia(platform: Platform, callId: string, wanted: readonly CallMedia[]): void {
  const { artefactsAfterMs } = platform.state.rules.thresholds.calls;
  for (const kind of wanted) platform.agenda.plan(artefactsAfterMs, { do: "call-media", callId, kind });
}

/** `call_recording_available` and `call_transcription_available`; the sound is a sample, the transcript says nothing was heard. */
export function tellCallMedia(platform: Platform, callId: string, kind: CallMedia): void {
  const call = platform.state.calls.get(callId);
  const number = platform.state.numbers.get(call?.numberId ?? "");
  if (!call || !number) return;
  const account = platform.accountOf(number);
  const phone = platform.phone(call.phone);
  const file = kind === "recording" ? sampleFile("audio") : transcript(platform);
  const media = receiveMedia(platform, file, number);
  const kept = {
    id: media.id,
    sha256: media.sha256,
    mime_type: media.mimeType,
    url: mediaUrl(platform, media, "webhook"),
  };
  const event = {
    id: call.id,
    ...(showsNumber(platform, phone) ? { from: phone.number } : {}),
    ...scopedIds(platform, phone, account, "from_user_id"),
    timestamp: String(seconds(platform)),
    event: kind === "recording" ? "call_recording_available" : "call_transcription_available",
    ...(kind === "recording"
      ? { call_recording: { type: "audio", audio: kept } }
      : { call_transcript: { document: kept } }),
  };
  tell(platform, account, "calls", numberValue(number, { calls: [event] }), number);
}

function transcript(platform: Platform) {
  const audio = { duration: 0, sample_rate: 16_000, channels: 2, audio_format: "stereo" };
  const said = { text: "", language: "en", duration: 0, confidence: 0, segments: [] };
  const processed = { processed_at: new Date(platform.now()).toISOString(), audio };
  const bytes = new Uint8Array(Buffer.from(JSON.stringify({ metadata: processed, transcript: said })));
  return { bytes, mimeType: "application/json", filename: null };
}
