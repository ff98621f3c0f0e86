/**
 * Where a reader stands in a list that grows at its end.
 *
 * Whoever is at the end stays there when something comes or when what is shown turns out to be higher than was
 * guessed: only going up leaves it. A list that asks nothing but "how far is the end?" loses its readers there, as
 * between a message's coming and the scrolling to it the end is far.
 */
export interface Scrolled {
  /** Pixels above the part that is seen, of the whole, and of the part. */
  offset: number;
  size: number;
  viewport: number;
}

/** So near to the end one is at it: less than a line of text and its margins. */
const END_PX = 48;

export class Standing {
  /** What comes is to be scrolled to. */
  following = true;
  private last: Scrolled = { offset: 0, size: 0, viewport: 0 };

  /** The list has moved, or what is in it. `more`: its end is not the conversation's. */
  moved(now: Scrolled, more: boolean): void {
    const below = now.size - now.offset - now.viewport;
    // What is above a list that became higher comes down by itself, maybe before its rows have their new heights.
    const wentUp = now.viewport === this.last.viewport && now.offset < this.last.offset - 1;
    this.following = !more && (below < END_PX || (this.following && !wentUp));
    this.last = now;
  }

  /** Sent to a place; what comes must not lead away from it. */
  leave(): void {
    this.following = false;
  }

  arrive(): void {
    this.following = true;
  }
}
