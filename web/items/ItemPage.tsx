import { useQuery } from '@apollo/client/react';
import {
  Anchor,
  Button,
  Group,
  Paper,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconCategory, IconClock, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { ITEM_ACTIONS } from './ItemActions';
import { ItemPicture } from './ItemPicture';
import { AvailabilityBadge } from './AvailabilityBadge';
import { OwnerPanel } from './OwnerPanel';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import { PhotoGallery } from '../photos/PhotoGallery';
import { ReportButton } from '../reports/ReportButton';
import { LOAN_CARD, LoanCard } from '../loans/LoanCard';
import { REQUEST_LOAN_FRAGMENT, RequestLoan } from '../loans/RequestLoan';
import { categoryLabel } from './itemCategory';
import type { ItemQuery } from '../generated/types';
import { paths } from '../paths';
import styles from './ItemPage.module.css';
import { ShareButton } from '../ui/ShareButton';
import { UserText } from '../ui/UserText';
import { renderIsolates } from '../languages/isolate';

const ITEM = graphql(
  `
    query Item($id: ID!) {
      me {
        id
      }
      item(id: $id) {
        id
        title
        description
        category
        status
        retiredReason
        availableToday
        maxLoanDays
        bufferDays
        pickupNote
        viewerActions
        photos {
          id
          url
          large: url(size: LARGE)
        }
        owner {
          id
          name
          ...PersonAvatar_user
        }
        neighborhood {
          id
          name
          today
        }
        ...ItemActions_item
        viewerLoans {
          id
          ...LoanCard_loan
        }
        ...RequestLoan_item
      }
    }
  `,
  [PERSON_AVATAR, ITEM_ACTIONS, LOAN_CARD, REQUEST_LOAN_FRAGMENT],
);

/** Id of the heading above the form. */
const FORM_HEADING = 'ask';

type ItemData = NonNullable<ItemQuery['item']>;

/** Page of an item: description, owner and availability. */
export function ItemPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(ITEM, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return (
      <PagePending
        title={t('items.thing')}
        size="lg"
        error={error}
        retry={refetch}
      />
    );

  const { me, item } = data;
  if (!item)
    return (
      <NotFoundMessage title={t('items.notFound')}>
        {t('items.notFoundText')}
      </NotFoundMessage>
    );

  const isOwn = item.owner.id === me.id;
  return (
    <Page
      title={item.title}
      lead={
        <Group gap="md">
          <Owner owner={item.owner} isOwn={isOwn} />
          <AvailabilityBadge {...item} />
        </Group>
      }
      actions={
        <Group gap="sm">
          {!isOwn &&
            item.viewerActions.includes('REQUEST') &&
            item.viewerLoans.length === 0 && <JumpToForm />}
          <ShareButton
            link={`${window.location.origin}${paths.item(item.id)}`}
            title={item.title}
            copied={t('items.linkCopied')}
          />
        </Group>
      }
      size="lg"
    >
      <div className={styles.columns}>
        <Stack gap="lg" miw={0}>
          <Photos item={item} />
          <Description item={item} />
        </Stack>
        <Stack gap="lg" miw={0}>
          {isOwn ? <OwnerPanel item={item} /> : <BorrowerPanel item={item} />}
          {item.viewerActions.includes('REPORT') && (
            <Group>
              <ReportButton target={{ itemId: item.id }} />
            </Group>
          )}
        </Stack>
      </div>
    </Page>
  );
}

/** Leads to the form on a phone, where the photos and the description are above it. */
function JumpToForm() {
  const jump = () => {
    const heading = document.getElementById(FORM_HEADING);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <Button onClick={jump} className={styles.jump}>
      {t('items.chooseDays')}
    </Button>
  );
}

function Owner({ owner, isOwn }: { owner: ItemData['owner']; isOwn: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <PersonAvatar user={owner} />
      <Anchor
        component={Link}
        to={paths.person(owner.id)}
        fw={600}
        size="sm"
        className="wrap-anywhere"
      >
        {isOwn ? t('items.yours') : <bdi>{owner.name}</bdi>}
      </Anchor>
    </Group>
  );
}

function Photos({ item: { photos, title, category } }: { item: ItemData }) {
  if (photos.length === 0)
    return (
      <div className={styles.drawing}>
        <ItemPicture url={null} category={category} />
      </div>
    );
  return (
    <PhotoGallery
      title={title}
      photos={photos.map(({ id, url, large }) => ({ id, small: url, large }))}
    />
  );
}

function Description({ item }: { item: ItemData }) {
  const { description, category, maxLoanDays, bufferDays } = item;
  return (
    <Paper
      component="section"
      className="surface"
      p="lg"
      aria-label={t('items.about')}
    >
      {description !== '' && (
        <UserText className="instructions" mb="lg">
          {description}
        </UserText>
      )}
      <Stack component="ul" gap={12} className={styles.facts}>
        <Fact sign={<IconCategory size={20} />}>{categoryLabel(category)}</Fact>
        <Fact sign={<IconClock size={20} />}>
          {t('items.maxDays', { count: maxLoanDays })}
        </Fact>
        {bufferDays > 0 && (
          <Fact sign={<IconHourglass size={20} />}>
            {t('items.restDays', { count: bufferDays })}
          </Fact>
        )}
      </Stack>
    </Paper>
  );
}

function Fact({ sign, children }: { sign: ReactNode; children: ReactNode }) {
  return (
    <Group component="li" gap={10} wrap="nowrap">
      <span aria-hidden="true">{sign}</span>
      <span>{children}</span>
    </Group>
  );
}

/** The viewer's loans of the item, and the form that asks for it: on demand where there is a loan already. */
function BorrowerPanel({ item }: { item: ItemData }) {
  const [asksAgain, setAsksAgain] = useState(false);
  const canRequest = item.viewerActions.includes('REQUEST');
  const hasLoan = item.viewerLoans.length > 0;
  const showsForm = canRequest && (!hasLoan || asksAgain);
  return (
    <>
      {hasLoan && <OwnLoans item={item} />}
      {hasLoan && canRequest && !asksAgain && (
        <Button variant="default" onClick={() => setAsksAgain(true)}>
          {t('items.askAgain')}
        </Button>
      )}
      {(showsForm || !hasLoan) && (
        <Paper
          component="section"
          className="surface"
          p="lg"
          aria-labelledby={FORM_HEADING}
        >
          <Title order={2} id={FORM_HEADING} tabIndex={-1} size="h3" mb="sm">
            {t(canRequest ? 'items.borrow' : 'items.notToBorrow')}
          </Title>
          {showsForm ? (
            <RequestLoan key={item.id} item={item} />
          ) : (
            <Text c="dimmed">{renderIsolates(unavailableReason(item))}</Text>
          )}
        </Paper>
      )}
    </>
  );
}

/** Loans in which the viewer has asked for the item, was promised it or has it. */
function OwnLoans({ item: { viewerLoans } }: { item: ItemData }) {
  return (
    <section aria-labelledby="own-loans">
      <Title order={2} id="own-loans" size="h3" mb="sm">
        {t('items.yourLoans', { count: viewerLoans.length })}
      </Title>
      <Stack gap="sm">
        {viewerLoans.map((loan) => (
          <LoanCard key={loan.id} loan={loan} />
        ))}
      </Stack>
    </section>
  );
}

function unavailableReason({ status, owner }: ItemData): string {
  switch (status) {
    case 'RETIRED':
      return t('items.unavailable.RETIRED');
    case 'PAUSED':
      return t('items.unavailable.PAUSED', { owner: owner.name });
    case 'ACTIVE':
      return t('items.unavailable.ACTIVE');
  }
}
