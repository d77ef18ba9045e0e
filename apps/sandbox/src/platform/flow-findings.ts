import type { Body } from "./state.ts";

/** A problem before it is known where it stands; `path` as in `screens[0].id`. */
export interface Finding {
  readonly error: string;
  readonly message: string;
  readonly path: string;
}

/** A screen that is one, with where it stands. */
export interface Screen {
  readonly id: string;
  readonly path: string;
  readonly terminal: boolean;
  readonly data: Body | null;
  /** What a form on it can fill in. */
  readonly names: ReadonlySet<string>;
  readonly actions: readonly FlowAction[];
}

/** An action of a component, with where it stands. */
export interface FlowAction {
  readonly action: Body;
  readonly path: string;
}

export const found = (error: string, message: string, path: string): Finding => ({ error, message, path });
