import type { ReactNode } from 'react';
import { ReportList, useReports } from '../reports/ReportList';
import { Loading, TextSkeleton } from '../ui/Loading';
import { InviteList, useInvites } from './InviteList';
import { MemberList, useMembers } from './MemberList';

/**
 * Sections that only stewards see. What follows on the page comes as `children`: it appears together with these
 * sections, as it would jump otherwise.
 */
export function StewardSections({
  neighborhoodId,
  children,
}: {
  neighborhoodId: string;
  children: ReactNode;
}) {
  const pending = useMembers(neighborhoodId, 'PENDING');
  const invites = useInvites(neighborhoodId);
  const reports = useReports(neighborhoodId);
  if (pending.isLoading || invites.isLoading || reports.isFirstLoading)
    return (
      <Loading>
        <TextSkeleton />
      </Loading>
    );
  return (
    <>
      <MemberList members={pending} title="Asking to join" />
      <InviteList neighborhoodId={neighborhoodId} invites={invites} />
      <ReportList reports={reports} />
      {children}
    </>
  );
}

/** Lists those whose membership is suspended or who are banned, for stewards. */
export function SuspendedAndBanned({
  neighborhoodId,
}: {
  neighborhoodId: string;
}) {
  const suspended = useMembers(neighborhoodId, 'SUSPENDED');
  const banned = useMembers(neighborhoodId, 'BANNED');
  return (
    <>
      <MemberList
        members={suspended}
        title="Suspended"
        hint="They can return things and write about loans under way, but not start anything new."
      />
      <MemberList
        members={banned}
        title="Banned"
        hint="For them the neighborhood does not exist."
      />
    </>
  );
}
