/**
 * The end of a session, wished for or not.
 *
 *   const session = new Session({ close, clear });
 *   await session.signOut(path)     ends it, or all of mine; throws what kept the server from it
 *   session.over()                  the server said that it is over
 *   session.over(follow)            another tab did
 */
import { Failure, post } from './api';
import { leave } from './leave';

interface SessionOptions {
  /** Closes the connection. */
  close: () => void;
  /** Forgets what was written and waits: who wished to go leaves nothing that would be sent or saved at their next visit. */
  clear: () => void;
}

/** A log-out that is not answered within this is said to have failed. */
const SIGN_OUT_MS = 10_000;

export class Session {
  private isSigningOut = false;
  private isOver = false;

  constructor(private readonly options: SessionOptions) {}

  /** Where it fails everything goes on as before; where only the answer is lost, the line says so. */
  async signOut(path: '/user/logout' | '/user/logoutall'): Promise<void> {
    this.isSigningOut = true;
    try {
      await post(path, {}, AbortSignal.timeout(SIGN_OUT_MS));
    } catch (fault) {
      if (this.isOver) return; // the line said so before the answer broke off
      if (!(fault instanceof Failure && fault.status === 401)) {
        this.isSigningOut = false;
        throw fault;
      }
    }
    this.over();
  }

  over(go: (isWished: boolean) => void = leave): void {
    this.isOver = true;
    if (this.isSigningOut) this.options.clear();
    this.options.close();
    go(this.isSigningOut);
  }
}
