import type { Media } from "@loket/contract";
import { ActionIcon, Modal } from "@mantine/core";
import {
  IconDownload,
  IconFile,
  IconPhoto,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotateClockwise,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fileSize } from "../ui/time.ts";
import styles from "./MediaPart.module.css";

/** A local blob as it is; an address of ours with the organisation in it, as `<img>` carries no header. */
export function useMediaUrl(): (url: string) => string {
  const { organisation } = useSession();
  return (url) => {
    if (/^(blob:|https?:)/.test(url)) return url;
    return `${url}${url.includes("?") ? "&" : "?"}organisationId=${organisation.id}`;
  };
}

export function MediaPart(props: { media: Media; voice: boolean }) {
  const { media, voice } = props;
  const { t, locale } = useLanguage();
  const mediaUrl = useMediaUrl();
  const word = t(media.kind === "audio" && voice ? "media.voice" : `media.${media.kind}`);

  if (media.state !== "ready" || !media.url) {
    return (
      <div className={styles.waiting} data-kind={media.kind} data-failed={media.state === "failed" || undefined}>
        <Icon of={media.kind === "image" ? IconPhoto : IconFile} size={22} />
        <span>
          {word}
          <small>{media.state === "failed" ? (media.reason ?? t("media.failed")) : t("media.waiting")}</small>
        </span>
      </div>
    );
  }
  const url = mediaUrl(media.url);
  if (media.kind === "image") return <Picture url={url} name={media.filename ?? word} />;
  if (media.kind === "sticker") return <img className={styles.sticker} src={url} alt={word} width={128} height={128} />;
  if (media.kind === "audio") return <Voice url={url} word={word} />;
  if (media.kind === "video") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what a customer sends has no captions
      <video className={styles.video} src={url} controls preload="metadata" aria-label={word} />
    );
  }
  return (
    <a className={styles.file} href={url} download={media.filename ?? true} target="_blank" rel="noreferrer">
      <span className={styles.fileIcon}>{(media.filename?.split(".").at(-1) ?? "file").slice(0, 4)}</span>
      <span className={styles.fileWords}>
        <span className="cut">{media.filename ?? word}</span>
        <small className="figures">{media.sizeBytes === null ? word : fileSize(media.sizeBytes, locale)}</small>
      </span>
      <Icon of={IconDownload} label={t("media.download")} />
    </a>
  );
}

function Picture(props: { url: string; name: string }) {
  const { url, name } = props;
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={`plain ${styles.picture}`}
        onClick={() => setOpen(true)}
        aria-label={t("media.open")}
      >
        <img src={url} alt={name} loading="lazy" />
      </button>
      <PictureViewer url={url} name={name} open={open} close={() => setOpen(false)} />
    </>
  );
}

function PictureViewer(props: { url: string; name: string; open: boolean; close: () => void }) {
  const { url, name, open, close } = props;
  const { t } = useLanguage();
  const [zoom, setZoom] = useState(1);
  const [turns, setTurns] = useState(0);
  return (
    <Modal
      opened={open}
      onClose={close}
      fullScreen
      title={name}
      closeButtonProps={{ "aria-label": t("app.close") }}
      classNames={{ content: styles.viewer, body: styles.viewerBody, header: styles.viewerHeader }}
    >
      <div className={styles.viewerActs}>
        <ActionIcon
          size={44}
          variant="default"
          aria-label={t("media.zoomOut")}
          onClick={() => setZoom(Math.max(0.5, zoom / 1.4))}
        >
          <Icon of={IconZoomOut} />
        </ActionIcon>
        <ActionIcon
          size={44}
          variant="default"
          aria-label={t("media.zoomIn")}
          onClick={() => setZoom(Math.min(8, zoom * 1.4))}
        >
          <Icon of={IconZoomIn} />
        </ActionIcon>
        <ActionIcon size={44} variant="default" aria-label={t("media.rotate")} onClick={() => setTurns(turns + 1)}>
          <Icon of={IconRotateClockwise} />
        </ActionIcon>
        <ActionIcon
          size={44}
          variant="default"
          component="a"
          href={url}
          download={name}
          aria-label={t("media.download")}
        >
          <Icon of={IconDownload} />
        </ActionIcon>
      </div>
      <div className={styles.viewerScroll}>
        <img src={url} alt={name} style={{ transform: `scale(${zoom}) rotate(${turns * 90}deg)` }} />
      </div>
    </Modal>
  );
}

const speeds = [1, 1.5, 2];

function Voice(props: { url: string; word: string }) {
  const { url, word } = props;
  const { t } = useLanguage();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [speed, setSpeed] = useState(1);

  const toggle = () => {
    const player = audio.current;
    if (!player) return;
    if (player.paused) void player.play().catch(() => setPlaying(false));
    else player.pause();
  };
  const faster = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };

  return (
    <div className={styles.voice}>
      {/* biome-ignore lint/a11y/useMediaCaption: what a customer says has no captions */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) =>
          setLength(Number.isFinite(event.currentTarget.duration) ? event.currentTarget.duration : 0)
        }
      />
      <ActionIcon
        size={36}
        radius="xl"
        variant="filled"
        onClick={toggle}
        aria-label={playing ? t("media.pause") : t("media.play")}
      >
        <Icon of={playing ? IconPlayerPause : IconPlayerPlay} />
      </ActionIcon>
      <input
        type="range"
        min={0}
        max={length || 1}
        step={0.1}
        value={at}
        aria-label={word}
        onChange={(event) => {
          const to = Number(event.currentTarget.value);
          setAt(to);
          if (audio.current) audio.current.currentTime = to;
        }}
      />
      <span className="figures">{seconds(at > 0 ? at : length)}</span>
      <button
        type="button"
        className={`plain ${styles.speed} figures`}
        onClick={faster}
        aria-label={`${t("media.speed")} ${speed}×`}
      >
        {speed}×
      </button>
    </div>
  );
}

function seconds(value: number): string {
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
