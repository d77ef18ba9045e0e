import { Button } from "@mantine/core";
import { hideNotification, showNotification } from "@mantine/notifications";

/** A short word at the edge of the screen. With `undo` it stays long enough to change one's mind. */
export function toast(words: string, options: { undo?: { label: string; act: () => void }; tone?: "red" } = {}): void {
  const { undo, tone } = options;
  const id = `toast-${Math.random().toString(36).slice(2)}`;
  showNotification({
    id,
    message: (
      <span style={{ display: "flex", alignItems: "center", gap: 12 }}>
        <span style={{ flex: 1 }}>{words}</span>
        {undo && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              hideNotification(id);
              undo.act();
            }}
          >
            {undo.label}
          </Button>
        )}
      </span>
    ),
    autoClose: tone === "red" ? 8_000 : undo ? 7_000 : 3_000,
    withBorder: true,
    withCloseButton: tone === "red",
    color: tone === "red" ? "red" : "loket",
    ...(tone === "red" ? { role: "alert" } : { role: "status" }),
  });
}
