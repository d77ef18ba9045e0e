import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from "node:net";

/**
 * A line between two programs that can go bad: everything passes through here, until somebody says what goes wrong.
 *
 *   slow        every piece arrives later by so many milliseconds
 *   cut         after so many bytes from now on, in either direction, a connection is reset
 *   black-hole  nothing passes, and nobody is told; new connections are taken and lead nowhere
 *   half-close  the answering side says it is done, in the middle of whatever it was saying
 *
 * What went through a black hole or half a line is lost for good, so these connections are reset when it is over.
 */
export type LineFault =
  | { readonly kind: "slow"; readonly ms: number }
  | { readonly kind: "cut"; readonly afterBytes: number }
  | { readonly kind: "black-hole" }
  | { readonly kind: "half-close" };

export interface Line {
  readonly port: number;
  /** How often this text was said by the side that connects. */
  heard(): number;
  break(fault: LineFault): void;
  heal(): void;
  close(): Promise<void>;
}

interface Connection {
  readonly asking: Socket;
  readonly answering: Socket;
  bytesLeft: number;
  isSpoilt: boolean;
}

export async function createLine(to: NetConnectOpts, listensFor?: RegExp): Promise<Line> {
  const open = new Set<Connection>();
  let fault: LineFault | null = null;
  let heard = 0;

  const reset = (connection: Connection): void => {
    open.delete(connection);
    connection.asking.resetAndDestroy();
    connection.answering.destroy(); // may be a local socket, which knows no reset
  };
  const carry = (connection: Connection, from: Socket, into: Socket): void => {
    from.on("data", (piece: Buffer) => {
      if (from === connection.asking && listensFor) heard += piece.toString("latin1").match(listensFor)?.length ?? 0;
      if (fault?.kind === "black-hole" || (fault?.kind === "half-close" && connection.isSpoilt)) {
        connection.isSpoilt = true;
        return;
      }
      if (fault?.kind === "slow") {
        setTimeout(() => into.write(piece), fault.ms);
        return;
      }
      if (fault?.kind === "cut") {
        const passes = piece.subarray(0, Math.max(0, connection.bytesLeft));
        connection.bytesLeft -= piece.length;
        if (connection.bytesLeft > 0) into.write(piece);
        else into.write(passes, () => reset(connection));
        return;
      }
      if (!into.write(piece)) {
        from.pause();
        into.once("drain", () => from.resume());
      }
    });
    from.on("end", () => {
      if (fault?.kind !== "black-hole") into.end();
    });
    from.on("error", () => reset(connection));
    from.on("close", () => {
      open.delete(connection);
      if (fault?.kind !== "slow") into.destroy();
      else setTimeout(() => into.destroy(), fault.ms);
    });
  };

  const server = createServer({ allowHalfOpen: true }, (asking) => {
    const answering = connect({ ...to, allowHalfOpen: true } as NetConnectOpts);
    const connection = {
      asking,
      answering,
      bytesLeft: fault?.kind === "cut" ? fault.afterBytes : 0,
      isSpoilt: fault?.kind === "black-hole" || fault?.kind === "half-close",
    };
    open.add(connection);
    carry(connection, asking, answering);
    carry(connection, answering, asking);
    if (fault?.kind === "half-close") asking.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    break(next) {
      fault = next;
      for (const connection of open) {
        if (next.kind === "cut") connection.bytesLeft = next.afterBytes;
        if (next.kind === "half-close") {
          connection.isSpoilt = true;
          connection.asking.end();
        }
      }
    },
    heal() {
      fault = null;
      for (const connection of open) if (connection.isSpoilt) reset(connection);
    },
    close() {
      for (const connection of open) reset(connection);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
