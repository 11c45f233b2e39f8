#include "provider/tls/crypto/pem.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace palisade::tls {
namespace {

using testing::HasSubstr;

std::string ErrorOf(std::string_view text) { return base::Message(FirstPemBlock(text).status()); }

TEST(PemTest, ReadsWhatItWrites) {
  for (const std::size_t size : {1U, 2U, 3U, 47U, 48U, 49U, 96U, 1000U}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7);
    const auto block = FirstPemBlock(ToPem("PRIVATE KEY", bytes));
    ASSERT_TRUE(block.ok()) << block.status();
    EXPECT_EQ(block->label, "PRIVATE KEY");
    EXPECT_EQ(block->der.Reveal(), bytes);
    EXPECT_EQ(ToSecretPem("PRIVATE KEY", bytes).Reveal(), ToPem("PRIVATE KEY", bytes));
  }
}

TEST(PemTest, BreaksLinesAfter64Columns) {
  EXPECT_EQ(ToPem("X", std::string(50, 'a')),
            "-----BEGIN X-----\n"
            "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\n"
            "YWE=\n-----END X-----\n");
}

TEST(PemTest, ToleratesLeadingTextCarriageReturnsAndOneLongLine) {
  const auto block = FirstPemBlock(
      "Subject: somebody\r\n-----BEGIN A B-----\r\nYWFh\r\nYWE=\r\n-----END A B-----");
  ASSERT_TRUE(block.ok()) << block.status();
  EXPECT_EQ(block->der.Reveal(), "aaaaa");
  const std::string line(4000, 'Q');
  EXPECT_TRUE(FirstPemBlock("-----BEGIN X-----\n" + line + "\n-----END X-----\n").ok());
}

TEST(PemTest, SaysWhatIsWrong) {
  EXPECT_THAT(ErrorOf(""), HasSubstr("empty"));
  EXPECT_THAT(ErrorOf("./key.pem"), HasSubstr("not its name"));
  EXPECT_THAT(ErrorOf("  -----BEGIN X-----\nYWFh\n-----END X-----\n"),
              HasSubstr("line of its own"));
  EXPECT_THAT(ErrorOf("-----BEGIN X-----\\nYWFh\\n-----END X-----\\n"), HasSubstr("line end"));
  EXPECT_THAT(ErrorOf("-----BEGIN X-----\nYWFh\n"), HasSubstr("cut off"));
  EXPECT_THAT(ErrorOf("-----BEGIN X-----\nYWFh\n-----BEGIN X-----\n"), HasSubstr("cut off"));
  EXPECT_THAT(ErrorOf("-----BEGIN X-----\nYWFh\n-----END Y-----\n"), HasSubstr("another kind"));
  for (const char* body : {"YWF", "YW%h", "Y===", "YWE=YWFh", "====", "", "=YWF"}) {
    EXPECT_THAT(ErrorOf(std::string("-----BEGIN X-----\n") + body + "\n-----END X-----\n"),
                HasSubstr("damaged"))
        << body;
  }
}

TEST(PemTest, NeverQuotesTheText) {
  EXPECT_THAT(ErrorOf("hunter2"), testing::Not(HasSubstr("hunter2")));
  EXPECT_THAT(ErrorOf("-----BEGIN hunter2-----\n"), testing::Not(HasSubstr("hunter2")));
}

TEST(PemTest, RefusesHugeBlocks) {
  const std::string huge = "-----BEGIN X-----\n" + std::string(8U << 20, 'A');
  EXPECT_THAT(ErrorOf(huge), HasSubstr("4 MiB"));
}

TEST(PemTest, TellsHeadersAndAllBlocks) {
  const auto block = FirstPemBlock(
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nYWFh\n"
      "-----END RSA PRIVATE KEY-----\n");
  ASSERT_TRUE(block.ok()) << block.status();
  EXPECT_TRUE(block->has_headers);
  const auto all = AllPemBlocks(ToPem("A", "1") + "text\n" + ToPem("B", "2"));
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->back().label, "B");
  EXPECT_FALSE(AllPemBlocks(ToPem("A", "1") + "-----BEGIN B-----\n").ok());
}

}  // namespace
}  // namespace palisade::tls
