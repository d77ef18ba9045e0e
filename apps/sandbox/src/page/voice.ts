import { useEffect, useRef, useState } from "preact/hooks";
import type { Content } from "./ask.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { sourceOf } from "./media.ts";
import { phoneWords } from "./phone-words.ts";

const barCount = 28;
const speeds = [1, 1.5, 2];

/** A voice note: its loudness as bars, where it is, how fast it runs. */
export function Voice({ file, played }: { file: Content; played: () => void }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);
  const source = sourceOf(file);
  const { bars, seconds } = useWaveform(source);
  const toggle = () => {
    const player = audio.current;
    if (!player) return;
    if (playing) return player.pause();
    played();
    player.playbackRate = speed;
    player.play().catch(() => setPlaying(false));
  };
  const faster = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  const seek = (event: Event) => {
    const to = Number((event.currentTarget as HTMLInputElement).value);
    if (audio.current) audio.current.currentTime = to;
    setAt(to);
  };
  const onTime = () => setAt(audio.current?.currentTime ?? 0);
  const onEnded = () => {
    setPlaying(false);
    setAt(0);
  };
  const share = seconds > 0 ? at / seconds : 0;
  return html`
    <div class=${playing ? "voice playing" : "voice"}>
      <button aria-label=${playing ? phoneWords.pause : phoneWords.play} onClick=${toggle}>${icon(playing ? "pause" : "play", 20)}</button>
      <span class="wave">
        <svg viewBox=${`0 0 ${barCount * 5} 24`} preserveAspectRatio="none" aria-hidden="true">${bars.map((height, index) => html`<rect class=${index / barCount < share ? "heard" : ""} x=${index * 5 + 1} y=${12 - height * 11} width="2.600" height=${Math.max(2, height * 22)} rx="1.300" />`)}</svg>
        <input type="range" min="0" max=${seconds || 1} step="0.1" value=${at} aria-label=${phoneWords.position} aria-valuetext=${clockOf(at)} onInput=${seek} />
        <small>${clockOf(playing || at > 0 ? at : seconds)}</small>
      </span>
      <button class="speed" aria-label=${phoneWords.speed(speed)} onClick=${faster}>${speed}×</button>
      <audio ref=${audio} src=${source} preload="none" onPlay=${() => setPlaying(true)} onPause=${() => setPlaying(false)} onTimeUpdate=${onTime} onEnded=${onEnded}></audio>
    </div>`;
}

function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

interface Waveform {
  readonly bars: readonly number[];
  /** 0 where it is not known. */
  readonly seconds: number;
}

const unknownWave: Waveform = {
  bars: Array.from({ length: barCount }, (_, index) => 0.25 + 0.2 * Math.sin(index * 1.7) ** 2),
  seconds: 0,
};
const known = new Map<string, Waveform>();

/** How loud the sound is in each of its parts, between 0 and 1. Only our own files are read; a link elsewhere is not fetched. */
function useWaveform(source: string): Waveform {
  const [wave, setWave] = useState(known.get(source) ?? unknownWave);
  useEffect(() => {
    if (known.has(source) || !source.startsWith("/_sandbox/media/")) return;
    let isGone = false;
    readWaveform(source).then(
      (read) => {
        known.set(source, read);
        if (!isGone) setWave(read);
      },
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [source]);
  return wave;
}

async function readWaveform(source: string): Promise<Waveform> {
  const bytes = await (await fetch(source)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  const size = Math.max(1, Math.floor(samples.length / barCount));
  const loud = Array.from({ length: barCount }, (_, index) => {
    let sum = 0;
    for (let at = index * size; at < (index + 1) * size; at++) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt(sum / size);
  });
  const most = Math.max(...loud);
  // The sample is silence: it gets the look of a voice nobody has heard yet.
  if (most < 0.001) return { bars: unknownWave.bars, seconds: sound.duration };
  return { bars: loud.map((one) => Math.max(0.08, one / most)), seconds: sound.duration };
}
