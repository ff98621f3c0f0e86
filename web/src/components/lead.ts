import type { VListHandle } from 'virtua/vue';

type Align = 'start' | 'center' | 'end';

/**
 * Leads a list to a row, and again as long as rows around it come to their heights; until the reader takes over.
 *
 * Virtua goes to the row anew with each height until none has come for 150 ms, also when the wheel has been turned
 * meanwhile, which brings rows whose heights are new. It has no call that ends this, but another goal takes the place of
 * the first: one that is wherever the list is just then, for which nothing is moved.
 */
export class Lead {
  /** Until the reader takes over. */
  leading = false;
  /** The row that it leads to. */
  index = -1;
  private align: Align = 'end';

  constructor(private readonly list: () => VListHandle | null | undefined) {}

  to(index: number, align: Align): void {
    this.leading = true;
    [this.index, this.align] = [index, align];
    this.list()?.scrollToIndex(index, { align });
  }

  /**
   * Rows came above: the row has this number now, and virtua would go on to the one that has its old number. Whoever was led
   * to the end stays there by other means.
   */
  renumber(index: number): void {
    if (this.leading && this.align !== 'end' && index >= 0) this.to(index, this.align);
  }

  /** Further down, within a row that is higher than the list; there the leading ends. */
  down(pixels: number): void {
    this.leading = false;
    this.list()?.scrollToIndex(this.index, { align: this.align, offset: pixels });
  }

  /** From now on the list is the reader's. */
  leave(element: Element): void {
    if (!this.leading) return;
    this.leading = false;
    const here = { valueOf: () => element.scrollTop };
    this.list()?.scrollTo(here as unknown as number);
  }
}
