/** Work that goes outside and comes back, other than webhooks: files behind links. */
export interface Errands {
  /** Begins it; what it does when it is back happens at that moment of the sandbox's clock. It must not reject. */
  run(work: () => Promise<void>): void;
  /** Resolves when nothing is outside. */
  quiet(): Promise<void>;
}

/** `oneAtATime`: one after another, so that a script on a clock of its own gives the same log every time. */
export function createErrands(oneAtATime: boolean): Errands {
  const outside = new Set<Promise<void>>();
  let line: Promise<void> = Promise.resolve();
  return {
    run(work) {
      const errand: Promise<void> = (oneAtATime ? line.then(work) : work()).finally(() => outside.delete(errand));
      outside.add(errand);
      if (oneAtATime) line = errand;
    },
    async quiet() {
      while (outside.size > 0) await Promise.all(outside);
    },
  };
}
