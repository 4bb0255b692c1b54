// Waits for an answer, but not for ever.

/** @returns null when the question fails, or is not answered within so many ms. */
export async function answerWithin<T>(ms: number, ask: () => Promise<T>): Promise<{ readonly value: T } | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return await Promise.race([ask().then((value) => ({ value })), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
