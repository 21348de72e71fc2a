import type { RouteObject } from 'react-router';
import { fetchCalendar } from './components/DayRange';
import { RequireUser } from './components/RequireUser';
import { Shell, fetchHeaderTools } from './components/Shell';
import { PageSkeleton } from './components/PageSkeleton';
import { Home, fetchDashboard } from './routes/Home';
import { NotFound } from './routes/NotFound';
import { Problem } from './routes/Problem';
import { paths, patterns } from './paths';

/** The pages that are fetched when they are opened. */
const pages = {
  signUp: async () => ({ Component: (await import('./routes/SignUp')).SignUp }),
  login: async () => ({ Component: (await import('./routes/Login')).Login }),
  forgotPassword: async () => ({
    Component: (await import('./routes/ForgotPassword')).ForgotPassword,
  }),
  resetPassword: async () => ({
    Component: (await import('./routes/ResetPassword')).ResetPassword,
  }),
  verifyEmail: async () => ({
    Component: (await import('./routes/VerifyEmail')).VerifyEmail,
  }),
  unsubscribe: async () => ({
    Component: (await import('./routes/Unsubscribe')).Unsubscribe,
  }),
  invite: async () => ({ Component: (await import('./routes/Invite')).Invite }),
  neighborhoods: async () => ({
    Component: (await import('./routes/Neighborhoods')).Neighborhoods,
  }),
  newNeighborhood: async () => ({
    Component: (await import('./routes/NewNeighborhood')).NewNeighborhood,
  }),
  neighborhood: async () => ({
    Component: (await import('./routes/Neighborhood')).Neighborhood,
  }),
  editNeighborhood: async () => ({
    Component: (await import('./routes/EditNeighborhood')).EditNeighborhood,
  }),
  items: async () => ({ Component: (await import('./routes/Items')).Items }),
  newItem: async () => ({
    Component: (await import('./routes/NewItem')).NewItem,
  }),
  item: async () => ({ Component: (await import('./routes/Item')).Item }),
  editItem: async () => ({
    Component: (await import('./routes/EditItem')).EditItem,
  }),
  myItems: async () => ({
    Component: (await import('./routes/MyItems')).MyItems,
  }),
  recipes: async () => ({
    Component: (await import('./routes/Recipes')).Recipes,
  }),
  newRecipe: async () => ({
    Component: (await import('./routes/NewRecipe')).NewRecipe,
  }),
  recipe: async () => ({ Component: (await import('./routes/Recipe')).Recipe }),
  editRecipe: async () => ({
    Component: (await import('./routes/EditRecipe')).EditRecipe,
  }),
  loans: async () => ({ Component: (await import('./routes/Loans')).Loans }),
  loan: async () => ({ Component: (await import('./routes/Loan')).Loan }),
  notifications: async () => ({
    Component: (await import('./routes/Notifications')).Notifications,
  }),
  person: async () => ({ Component: (await import('./routes/Person')).Person }),
  blocks: async () => ({ Component: (await import('./routes/Blocks')).Blocks }),
  profile: async () => ({
    Component: (await import('./routes/Profile')).Profile,
  }),
  editProfile: async () => ({
    Component: (await import('./routes/EditProfile')).EditProfile,
  }),
  account: async () => ({
    Component: (await import('./routes/Account')).Account,
  }),
};

/** Fetches the other pages while nothing else is going on, so that they open even if the server goes away. */
export async function fetchPages(): Promise<void> {
  await Promise.allSettled(
    [
      ...Object.values(pages),
      fetchDashboard,
      fetchHeaderTools,
      fetchCalendar,
    ].map((fetchPage) => fetchPage()),
  );
}

/**
 * Every page and its place. What a visitor sees first comes with the first load;
 * the others are fetched when they are opened.
 */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      {
        errorElement: <Problem />,
        children: [
          { path: paths.home, element: <Home /> },
          { path: paths.signUp, lazy: pages.signUp },
          { path: paths.login, lazy: pages.login },
          { path: paths.forgotPassword, lazy: pages.forgotPassword },
          { path: paths.resetPassword, lazy: pages.resetPassword },
          { path: paths.verifyEmail, lazy: pages.verifyEmail },
          { path: paths.unsubscribe, lazy: pages.unsubscribe },
          { path: patterns.invite, lazy: pages.invite },
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
            ],
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];
