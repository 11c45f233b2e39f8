#include "provider/tls/crypto/der_reader.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "provider/tls/crypto/der.h"

namespace palisade::tls::der {
namespace {

using std::string_literals::operator""s;

TEST(DerReaderTest, ReadsWhatTheWritersWrite) {
  const std::string bytes = Unsigned("\x81") + SmallInteger(0) + SmallInteger(127) +
                            BitString("bits") + Element(kOctetString, std::string(300, 'x'));
  Reader reader(bytes);
  EXPECT_EQ(reader.TakeUnsigned(), "\x81");
  EXPECT_EQ(reader.TakeUnsigned(), "");
  EXPECT_EQ(reader.TakeUnsigned(), "\x7f");
  EXPECT_FALSE(reader.IsNext(kOctetString));
  EXPECT_EQ(reader.TakeBitString(), "bits");
  EXPECT_TRUE(reader.IsNext(kOctetString));
  EXPECT_EQ(reader.Take(kOctetString), std::string(300, 'x'));
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_FALSE(reader.IsNext(kOctetString));
  EXPECT_EQ(reader.Take(kOctetString), std::nullopt);
}

TEST(DerReaderTest, TakesLengthsOfEverySize) {
  for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U}) {
    const std::string content(size, 'x');
    EXPECT_EQ(Only(kOctetString, Element(kOctetString, content)), content) << size;
  }
}

TEST(DerReaderTest, RefusesLengthsThatAreWrongOrNotTheShortest) {
  for (const std::string& bytes : std::vector<std::string>{
           "",
           "\x04",                                             // no length
           "\x04\x01",                                         // no content
           "\x04\x02x",                                        // cut off
           "\x04\x80xx\0\0"s,                                  // BER's indefinite form
           "\x04\x81",                                         // the length is cut off
           "\x04\x82\x01",                                     //
           "\x04\x81\x01x",                                    // 1 needs no second byte
           "\x04\x82\0\x80"s + std::string(128, 'x'),          // 128 needs no third
           "\x04\x84\0\0\0\x80"s + std::string(128, 'x'),      //
           "\x04\x85\0\0\0\0\x80"s + std::string(128, 'x'),    // more than four bytes
           "\x04\x84\xff\xff\xff\xff"s + std::string(8, 'x'),  // longer than there is
           "\x04\xffx",                                        //
       }) {
    EXPECT_EQ(Only(kOctetString, bytes), std::nullopt) << testing::PrintToString(bytes);
  }
}

TEST(DerReaderTest, RefusesOtherTagsAndTrailingBytes) {
  EXPECT_EQ(Only(kOctetString, Element(kBitString, "x")), std::nullopt);
  EXPECT_EQ(Only(kSequence, Element(kSet, "")), std::nullopt);
  EXPECT_EQ(Only(kSequence, Sequence("") + "x"), std::nullopt);
  EXPECT_EQ(Only(kSequence, Sequence("") + Sequence("")), std::nullopt);
}

TEST(DerReaderTest, RefusesNumbersThatAreNegativeOrNotTheShortest) {
  for (const std::string& content : {""s, "\x80"s, "\xff\x01"s, "\0\0"s, "\0\x01"s, "\0\x7f"s}) {
    const std::string bytes = Element(kInteger, content);
    EXPECT_EQ(Reader(bytes).TakeUnsigned(), std::nullopt) << testing::PrintToString(bytes);
  }
  const std::string other = Element(kOctetString, "\x01");
  EXPECT_EQ(Reader(other).TakeUnsigned(), std::nullopt);
}

TEST(DerReaderTest, RefusesBitStringsThatDoNotEndWithAByte) {
  for (const std::string& content : {""s, "\x01x"s, "\x07\x80"s, "\x08x"s}) {
    const std::string bytes = Element(kBitString, content);
    EXPECT_EQ(Reader(bytes).TakeBitString(), std::nullopt) << testing::PrintToString(bytes);
  }
  const std::string empty = BitString("");
  EXPECT_EQ(Reader(empty).TakeBitString(), "");
}

}  // namespace
}  // namespace palisade::tls::der
