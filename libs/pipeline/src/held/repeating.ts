// A run that is begun again and again, never twice at once; whoever stops it waits for the one that goes on.
export interface Repeated {
  readonly everyMs: number;
  readonly failed: (error: unknown) => void;
}

export function repeating(run: () => Promise<void>, { everyMs, failed }: Repeated) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  return {
    run,
    start(): void {
      timer = setInterval(() => {
        running ??= run()
          .catch(failed)
          .finally(() => (running = null));
      }, everyMs);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
