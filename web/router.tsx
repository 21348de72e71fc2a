import type { RouteObject } from 'react-router';
import { Shell } from './layout/Shell';
import { PageSkeleton } from './ui/Loading';
import { HomePage, fetchDashboard } from './home/HomePage';
import { NotFoundPage } from './layout/NotFoundPage';
import { ErrorPage } from './layout/ErrorPage';
import { TlsRequiredPage } from './layout/TlsRequiredPage';
import { paths, patterns, withNext } from './paths';
import { Navigate, Outlet, matchPath, useLocation } from 'react-router';
import { loadAllTexts } from './languages/load';
import { retrying } from './pwa/retrying';
import { useSession } from './session/session';

/** The pages that are fetched when they are opened. */
const pages = withTexts({
  signUp: async () => ({
    Component: (await import('./auth/SignUpPage')).SignUpPage,
  }),
  login: async () => ({
    Component: (await import('./auth/LoginPage')).LoginPage,
  }),
  forgotPassword: async () => ({
    Component: (await import('./auth/ForgotPasswordPage')).ForgotPasswordPage,
  }),
  resetPassword: async () => ({
    Component: (await import('./auth/ResetPasswordPage')).ResetPasswordPage,
  }),
  verifyEmail: async () => ({
    Component: (await import('./auth/VerifyEmailPage')).VerifyEmailPage,
  }),
  unsubscribe: async () => ({
    Component: (await import('./account/UnsubscribePage')).UnsubscribePage,
  }),
  answer: async () => ({
    Component: (await import('./answerLinks/AnswerPage')).AnswerPage,
  }),
  invite: async () => ({
    Component: (await import('./neighborhoods/InvitePage')).InvitePage,
  }),
  printInvite: async () => ({
    Component: (await import('./neighborhoods/PrintInvitePage'))
      .PrintInvitePage,
  }),
  neighborhoods: async () => ({
    Component: (await import('./neighborhoods/NeighborhoodsPage'))
      .NeighborhoodsPage,
  }),
  newNeighborhood: async () => ({
    Component: (await import('./neighborhoods/NewNeighborhoodPage'))
      .NewNeighborhoodPage,
  }),
  neighborhood: async () => ({
    Component: (await import('./neighborhoods/NeighborhoodPage'))
      .NeighborhoodPage,
  }),
  editNeighborhood: async () => ({
    Component: (await import('./neighborhoods/EditNeighborhoodPage'))
      .EditNeighborhoodPage,
  }),
  offer: async () => ({
    Component: (await import('./items/OfferPage')).OfferPage,
  }),
  items: async () => ({
    Component: (await import('./items/ItemsPage')).ItemsPage,
  }),
  newItem: async () => ({
    Component: (await import('./items/NewItemPage')).NewItemPage,
  }),
  item: async () => ({
    Component: (await import('./items/ItemPage')).ItemPage,
  }),
  editItem: async () => ({
    Component: (await import('./items/EditItemPage')).EditItemPage,
  }),
  myItems: async () => ({
    Component: (await import('./items/MyItemsPage')).MyItemsPage,
  }),
  recipes: async () => ({
    Component: (await import('./recipes/RecipesPage')).RecipesPage,
  }),
  newRecipe: async () => ({
    Component: (await import('./recipes/NewRecipePage')).NewRecipePage,
  }),
  recipe: async () => ({
    Component: (await import('./recipes/RecipePage')).RecipePage,
  }),
  editRecipe: async () => ({
    Component: (await import('./recipes/EditRecipePage')).EditRecipePage,
  }),
  loans: async () => ({
    Component: (await import('./loans/LoansPage')).LoansPage,
  }),
  loan: async () => ({
    Component: (await import('./loans/LoanPage')).LoanPage,
  }),
  notifications: async () => ({
    Component: (await import('./notifications/NotificationsPage'))
      .NotificationsPage,
  }),
  person: async () => ({
    Component: (await import('./users/PersonPage')).PersonPage,
  }),
  blocks: async () => ({
    Component: (await import('./blocks/BlocksPage')).BlocksPage,
  }),
  profile: async () => ({
    Component: (await import('./users/ProfilePage')).ProfilePage,
  }),
  editProfile: async () => ({
    Component: (await import('./users/EditProfilePage')).EditProfilePage,
  }),
  reach: async () => ({
    Component: (await import('./deliveries/DeliverySettingsPage'))
      .DeliverySettingsPage,
  }),
  account: async () => ({
    Component: (await import('./account/AccountPage')).AccountPage,
  }),
});

/** Fetches the texts of a page with its code, and both again if that fails. */
function withTexts<Pages extends Record<string, () => Promise<unknown>>>(
  fetched: Pages,
): Pages {
  const pagesWithTexts = Object.entries(fetched).map(([name, fetchPage]) => [
    name,
    () =>
      retrying(async () => {
        const [page] = await Promise.all([fetchPage(), loadAllTexts()]);
        return page;
      }),
  ]);
  return Object.fromEntries(pagesWithTexts) as Pages;
}

/** The page that is usually opened next, by the page that it is opened from. */
const NEXT_PAGE: Record<string, () => Promise<unknown>> = {
  [paths.login]: fetchDashboard,
  [paths.signUp]: fetchDashboard,
  [patterns.invite]: pages.neighborhood,
  [paths.neighborhoods]: pages.neighborhood,
  [patterns.items]: pages.item,
  [paths.myItems]: pages.item,
  [patterns.person]: pages.item,
  [patterns.newItem]: pages.item,
  [patterns.item]: pages.loan,
  [patterns.recipes]: pages.recipe,
  [patterns.newRecipe]: pages.recipe,
  [paths.loans]: pages.loan,
  [paths.notifications]: pages.loan,
};

/** Fetches the code of the page that is usually opened next. */
export async function fetchNextPage(
  pathname: string,
  isLoggedIn: boolean,
): Promise<void> {
  const start = isLoggedIn ? pages.items : pages.signUp;
  const [, fetchNext] =
    Object.entries({
      ...NEXT_PAGE,
      [paths.home]: start,
    }).find(([pattern]) => matchPath(pattern, pathname)) ?? [];
  // A page that cannot be fetched now is fetched when it is opened.
  await fetchNext?.().catch(() => undefined);
}

/** The routes. Pages for visitors are in the first bundle; the others are fetched when they are opened. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      {
        errorElement: <ErrorPage />,
        children: [
          { path: paths.home, element: <HomePage /> },
          { path: paths.signUp, lazy: pages.signUp },
          { path: paths.login, lazy: pages.login },
          { path: paths.forgotPassword, lazy: pages.forgotPassword },
          { path: paths.resetPassword, lazy: pages.resetPassword },
          { path: paths.verifyEmail, lazy: pages.verifyEmail },
          { path: paths.unsubscribe, lazy: pages.unsubscribe },
          { path: paths.answer, lazy: pages.answer },
          { path: patterns.invite, lazy: pages.invite },
          { path: patterns.printInvite, lazy: pages.printInvite },
          {
            element: <RequireUser />,
            children: [
              { path: paths.neighborhoods, lazy: pages.neighborhoods },
              { path: paths.newNeighborhood, lazy: pages.newNeighborhood },
              { path: patterns.neighborhood, lazy: pages.neighborhood },
              { path: patterns.editNeighborhood, lazy: pages.editNeighborhood },
              { path: patterns.items, lazy: pages.items },
              { path: patterns.newItem, lazy: pages.newItem },
              { path: patterns.item, lazy: pages.item },
              { path: patterns.editItem, lazy: pages.editItem },
              { path: paths.myItems, lazy: pages.myItems },
              { path: paths.offer, lazy: pages.offer },
              { path: patterns.recipes, lazy: pages.recipes },
              { path: patterns.newRecipe, lazy: pages.newRecipe },
              { path: patterns.recipe, lazy: pages.recipe },
              { path: patterns.editRecipe, lazy: pages.editRecipe },
              { path: paths.loans, lazy: pages.loans },
              { path: patterns.loan, lazy: pages.loan },
              { path: paths.notifications, lazy: pages.notifications },
              { path: patterns.person, lazy: pages.person },
              { path: paths.blocks, lazy: pages.blocks },
              { path: paths.profile, lazy: pages.profile },
              { path: paths.editProfile, lazy: pages.editProfile },
              { path: paths.account, lazy: pages.account },
              { path: paths.reach, lazy: pages.reach },
            ],
          },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

/** The only route where the page was opened without the TLS that the server requires. */
export const routesWithoutTls: RouteObject[] = [
  { path: '*', element: <TlsRequiredPage /> },
];

/** Guards pages that need a login: visitors log in first and then return. */
function RequireUser() {
  const { status } = useSession();
  const { pathname, search, hash } = useLocation();

  switch (status) {
    case 'unknown':
      return <PageSkeleton />;
    case 'visitor': {
      const here = `${pathname}${search}${hash}`;
      return <Navigate to={withNext(paths.login, here)} replace />;
    }
    case 'loggedIn':
      return <Outlet />;
  }
}
