/** A line that broke says so late or never: nothing waits longer for what may not come back. */
export const PATIENCE_MS = 5_000;

/** One thing after another, as what is asked of the server at the same time may reach it in any order. */
export class Turns {
  /** Over when the next one may begin. */
  private line: Promise<void> = Promise.resolve();
  private letGo = () => {};

  /** Does it when all before it is over, or takes too long; gives and throws what it does. */
  take<A>(act: () => Promise<A>): Promise<A> {
    const done = this.line.then(act);
    this.line = this.line.then(() => this.untilOver(done));
    return done;
  }

  /** Nothing waits for the one whose turn it is any more. */
  pass(): void {
    this.letGo();
  }

  private untilOver(done: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      this.letGo = () => {
        clearTimeout(timer);
        resolve();
      };
      done.then(this.letGo, this.letGo);
    });
  }
}
