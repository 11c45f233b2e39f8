#include "provider/http/handle_pool.h"

#include <gtest/gtest.h>

#include "provider/base/fake_clock.h"

namespace palisade::http {
namespace {

using std::chrono::seconds;

TEST(HandlePool, AHandleServesOneRequestAfterTheOther) {
  const base::FakeClock clock{base::Time{}};
  HandlePool pool(clock);
  HandlePool::Handle one = pool.Take();
  const HandlePool::Handle two = pool.Take();
  EXPECT_NE(one.get(), two.get());
  CURL* const first = one.get();
  one.reset();
  EXPECT_EQ(pool.Take().get(), first);
}

TEST(HandlePool, NothingOfARequestIsLeftForTheNext) {
  const base::FakeClock clock{base::Time{}};
  HandlePool pool(clock);
  int mark = 0;
  HandlePool::Handle handle = pool.Take();
  curl_easy_setopt(handle.get(), CURLOPT_PRIVATE, static_cast<void*>(&mark));
  handle.reset();
  handle = pool.Take();
  char* left = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_PRIVATE, &left);
  EXPECT_EQ(left, nullptr);
}

TEST(HandlePool, OldHandlesAreNotUsedAgain) {
  const base::FakeClock clock{base::Time{}};
  HandlePool pool(clock);
  {
    const HandlePool::Handle one = pool.Take();
    const HandlePool::Handle two = pool.Take();
  }
  EXPECT_EQ(pool.waiting(), 2u);
  clock.Advance(seconds(59));
  pool.Take();
  EXPECT_EQ(pool.waiting(), 2u);
  clock.Advance(seconds(1));
  const HandlePool::Handle fresh = pool.Take();
  EXPECT_NE(fresh, nullptr);
  EXPECT_EQ(pool.waiting(), 0u);
}

}  // namespace
}  // namespace palisade::http
