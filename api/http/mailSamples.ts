import { deletionMail } from '../account/accountMails';
import { newsMail, type NewsEntry } from '../deliveries/newsMail';
import { testMail } from '../deliveries/testMail';
import type { Digest } from '../digests/digest';
import { digestMail } from '../digests/digestMail';
import { doctorMail } from '../doctor/doctorMail';
import {
  accountExistsMail,
  addressChangeMail,
  addressRemovedMail,
  verificationMail,
} from '../emailAddress/emailAddressMails';
import { linkWithToken } from '../mail/links';
import type { MailTemplate } from '../mail/mailTemplate';
import type { NotificationKind } from '../notifications/notification.entity';
import { passwordChangedMail, resetMail } from '../passwords/passwordMails';
import { createSignatures } from '../signatures';
import { NOTIFICATION_KINDS, topicOf } from '../topics/topic';

/** Texts of users, with which a mail is shown. */
export type Sample = {
  /** Names of the recipient and of a neighbor. */
  name: string;
  neighbor: string;
  username: string;
  item: string;
  neighborhood: string;
  message: string;
  /** Kinds of the notifications in a mail of news. */
  news: readonly NotificationKind[];
};

const USUAL: Sample = {
  name: 'Ana',
  neighbor: 'Ben',
  username: 'ana',
  item: 'Cordless drill',
  neighborhood: 'Maple Street',
  message: 'Is seven o’clock fine for you?',
  news: ['LOAN_REQUESTED', 'MESSAGE_RECEIVED'],
};

/** Samples by the word in the address of the page. */
export const SAMPLES = {
  usual: USUAL,
  everything: { ...USUAL, news: NOTIFICATION_KINDS },
  long: {
    ...USUAL,
    name: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(2),
    neighbor:
      'Maria del Carmen Fernández-Villaverde y Rodríguez de la Borbolla',
    username: 'a.very.long.name.of.an.account',
    item: 'The large red ladder from the shed behind the house, with hooks for the gutter and a bag of spare feet',
    neighborhood:
      'The neighbors of the lower end of Maple Street and of the mews',
    message: 'I would like to come by tomorrow, if that suits you. '
      .repeat(40)
      .slice(0, 2000),
  },
  rightToLeft: {
    ...USUAL,
    name: 'نور الهدى',
    neighbor: 'يوسف (Yusuf)!',
    username: 'نور',
    item: 'مثقاب كهربائي',
    neighborhood: 'شارع القيقب',
    message: 'هل يناسبك أن آتي في الساعة 19:00؟',
  },
  emoji: {
    ...USUAL,
    name: '🌻 Ana 👩‍👩‍👧‍👦',
    neighbor: '🚲',
    item: 'Tent ⛺️ (4 people)',
    neighborhood: 'Garden Lane 🏡',
    message: '👍🏽👍🏽 See you at 7!',
  },
} satisfies Record<string, Sample>;

/** Name of a sample. */
export type SampleName = keyof typeof SAMPLES;

/** Name of a mail. */
export type MailName = keyof typeof MAILS;

/** Origin of the links. */
const URL = 'https://neighborshare.example';
/** Identifier of every row in the links. */
const ID = '0198c1f4-7d3a-7000-8000-000000000001';
const TOKEN = 'VGhpcy1pcy1uby10b2tlbi1vZi1hbnktYWNjb3VudC4';
/** Signs links that no server accepts. */
const signatures = createSignatures(['not the secret of any installation']);

const newsOf = (sample: Sample, kind: NotificationKind): NewsEntry => {
  const news = {
    id: ID,
    kind,
    count: 1,
    actorName: sample.neighbor,
    isOwner: true,
    loan: {
      id: ID,
      title: sample.item,
      startDate: '2026-12-01',
      dueDate: '2026-12-03',
      newDueDate: '2026-12-05',
      status: 'REQUESTED' as const,
      version: 1,
    },
    neighborhood: { id: ID, name: sample.neighborhood },
    message: kind === 'MESSAGE_RECEIVED' ? sample.message : null,
    timeZone: 'Europe/Berlin',
    isForToday: false,
    validUntil: null,
  };
  return { news, topic: topicOf(kind) };
};

const digestOf = ({ neighbor, item, neighborhood }: Sample): Digest => {
  const thing = {
    ...{ id: ID, title: item, personName: neighbor, total: 14 },
    ...{ neighborhoodId: ID, neighborhoodName: neighborhood },
  };
  const things = (count: number) => ({
    things: Array.from({ length: count }, () => thing),
    total: thing.total,
  });
  const task = {
    ...{ kind: 'RETURN_ITEM' as const, dueDate: '2026-12-03', item },
    ...{ person: neighbor, neighborhood, path: `/loans/${ID}` },
  };
  return {
    tasks: { waiting: [task], total: 1 },
    news: [],
    neighborhoods: [
      { id: ID, name: neighborhood, items: things(3), recipes: things(1) },
    ],
  };
};

/**
 * Composers of all mails that the server sends, by their names, each with a sample. The pages at `/dev/mails` and
 * the tests of mails take them from here.
 */
export const MAILS = {
  verificationMail: () =>
    verificationMail(linkWithToken(URL, 'VERIFY_EMAIL', TOKEN)),
  accountExistsMail: ({ username }) => accountExistsMail(username, URL),
  addressChangeMail: () => addressChangeMail(URL),
  addressRemovedMail: () => addressRemovedMail(URL),
  resetMail: (sample) =>
    resetMail(sample, linkWithToken(URL, 'RESET_PASSWORD', TOKEN)),
  passwordChangedMail: () => passwordChangedMail(URL),
  newsMail: (sample) => {
    const [first = 'LOAN_REQUESTED', ...others] = sample.news;
    return newsMail(
      { publicUrl: URL, signatures },
      {
        userId: ID,
        name: sample.name,
        messagePreviews: true,
      },
      [newsOf(sample, first), ...others.map((kind) => newsOf(sample, kind))],
    );
  },
  digestMail: (sample) =>
    digestMail(
      { publicUrl: URL, signatures },
      { userId: ID, name: sample.name },
      digestOf(sample),
    ),
  testMail: ({ name }) => testMail(`${URL}/account/reach`, name),
  doctorMail: () => doctorMail(URL),
  deletionMail: () => deletionMail(),
} satisfies Record<string, (sample: Sample) => MailTemplate>;
