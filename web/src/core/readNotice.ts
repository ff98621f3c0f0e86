import { post } from './api';
import type { CommunityNotice } from './protocol';
import type { Group } from './types';

/**
 * The notice of a group that has one, read by showing it. Who reads is counted by the server alone: two tabs, or a
 * page that is drawn twice, may read at the same time.
 */
export async function readNotice(group: Group): Promise<CommunityNotice> {
  const notice = await post<CommunityNotice>('/community/notice', { dstid: group.id });
  if (notice.seq <= group.noticeread) return notice;
  await post('/community/readnotice', { dstid: group.id, seq: notice.seq });
  return post<CommunityNotice>('/community/notice', { dstid: group.id });
}
